//! The lives of a run, one after the other.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use twelvelabs_batches::emulator::{Emulator, Stats};

use super::schedule::{Kill, Life, Schedule};
use crate::runs::Place;

/// Begins what a child says, among what its test harness does.
pub const MARK: &str = "=> ";

/// No life takes this long; one that does hangs.
const LONGEST: Duration = Duration::from_secs(120);

/// How often lives ended at each place.
pub type Ends = BTreeMap<String, u32>;

/// What has come of a schedule.
pub struct Story {
    pub stats: Stats,
    pub lives: Vec<Lived>,
    place: Place,
}

/// What has come of one life.
pub struct Lived {
    /// Items that were handed over, each with how it ended.
    pub outcomes: Vec<(i64, String)>,
    /// Where it was killed.
    pub killed_at: Option<String>,
}

impl Story {
    pub fn journal(&self) -> PathBuf {
        self.place.path()
    }

    pub fn ends(&self) -> Ends {
        let mut ends = Ends::new();
        for lived in &self.lives {
            *ends.entry(lived.killed_at.clone().unwrap_or_else(|| "its own end".to_owned())).or_default() +=
                1;
        }
        ends
    }
}

/// Plays a schedule to its end.
pub fn play(schedule: &Schedule) -> Story {
    let platform = Emulator::start(schedule.platform.clone()).unwrap();
    for asset in &schedule.assets {
        platform.add_asset(asset.clone()).unwrap();
    }
    let place = Place::new(&format!("nemesis-{}", schedule.seed));
    let mut lives = Vec::new();
    for (number, life) in schedule.lives.iter().enumerate() {
        lives.push(live(schedule, number, life, &platform, &place.path()));
        let has_ended = lives.last().is_some_and(|last| last.killed_at.is_none()) && !life.resumes;
        if has_ended {
            break;
        }
        // What the dead one has sent is with the platform, or never gets there: how long that may take is
        // another matter.
        platform.go_down();
        platform.come_up();
    }
    Story { stats: platform.stats(), lives, place }
}

fn live(schedule: &Schedule, number: usize, life: &Life, platform: &Emulator, journal: &Path) -> Lived {
    platform.clear_faults();
    // The first that applies befalls a request.
    if let Kill::Request { fault, .. } = &life.kill {
        platform.inject((**fault).clone()).unwrap();
    }
    for fault in &life.faults {
        platform.inject(fault.clone()).unwrap();
    }
    // The others of a life that is killed in a request wait for ever.
    let waiting = platform.stats().faults_waiting;
    let mut process = begin(schedule.seed, number, platform.base_url(), journal);
    let mut heard = Heard::of(&mut process);
    let began = Instant::now();
    let mut end = None;
    while end.is_none() && heard.listen() {
        end = match &life.kill {
            Kill::Write { boundary, .. } if heard.is_parked => Some((*boundary).to_owned()),
            Kill::Request { name, .. } if platform.stats().faults_waiting < waiting => Some(name.clone()),
            _ => None,
        };
        if began.elapsed() > LONGEST {
            let _ = process.kill();
            panic!(
                "seed {}: life {number} hangs after: {}; its faults are {:#?}",
                schedule.seed, heard.failure, life.faults
            );
        }
    }
    if end.is_some() {
        process.kill().unwrap();
    }
    process.wait().unwrap();
    // What was said before the end.
    while heard.listen() {}
    let is_over = heard.has_ended || end.is_some();
    assert!(is_over, "seed {}: life {number} broke off after: {}", schedule.seed, heard.failure);
    Lived { outcomes: heard.outcomes, killed_at: end.filter(|_| !heard.has_ended) }
}

/// What a child has said.
struct Heard {
    lines: Receiver<String>,
    outcomes: Vec<(i64, String)>,
    failure: String,
    is_parked: bool,
    has_ended: bool,
}

impl Heard {
    fn of(process: &mut Child) -> Self {
        Self {
            lines: read(process),
            outcomes: Vec::new(),
            failure: "nothing".to_owned(),
            is_parked: false,
            has_ended: false,
        }
    }

    /// Listens for a moment; false if there is nothing more to be heard.
    fn listen(&mut self) -> bool {
        let line = match self.lines.recv_timeout(Duration::from_millis(2)) {
            Ok(line) => line,
            Err(error) => return error == RecvTimeoutError::Timeout,
        };
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("outcome", said) => {
                let (item_id, word) = said.split_once(' ').unwrap();
                self.outcomes.push((item_id.parse().unwrap(), word.to_owned()));
            }
            ("failure", said) => said.clone_into(&mut self.failure),
            ("parked", _) => self.is_parked = true,
            _ => self.has_ended = true,
        }
        true
    }
}

fn begin(seed: u64, number: usize, base_url: &str, journal: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "runs_nemesis::child", "--nocapture"])
        .env("NEMESIS_SEED", seed.to_string())
        .env("NEMESIS_LIFE", number.to_string())
        .env("NEMESIS_BASE_URL", base_url)
        .env("NEMESIS_JOURNAL", journal)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What a process says, line by line.
fn read(process: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    let output = BufReader::new(process.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            if let Some(said) = line.strip_prefix(MARK)
                && sender.send(said.to_owned()).is_err()
            {
                break;
            }
        }
    });
    receiver
}
