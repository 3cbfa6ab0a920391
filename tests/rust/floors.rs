//! The house's floors: imports go down only, and outside libraries are named
//! only in the rooms they belong to.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that each room may import, itself apart.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("models", &[]),
    ("error", &["models"]),
    ("jsonl", &["models", "error"]),
    ("retry", &["models", "error"]),
    ("validate", &["models", "error"]),
    ("webhook", &["models", "error"]),
    ("transport", &["models", "error", "jsonl", "retry"]),
    ("client", &["models", "error", "jsonl", "retry", "validate", "transport"]),
    ("emulator", &["models", "error", "jsonl", "retry"]),
    ("export", &["models", "error", "jsonl"]),
    ("runs", &["models", "error", "retry", "validate", "client"]),
    (
        "python",
        &[
            "models",
            "error",
            "jsonl",
            "retry",
            "validate",
            "webhook",
            "transport",
            "client",
            "emulator",
            "export",
            "runs",
        ],
    ),
];

/// Libraries, and the rooms, or folders of a room, that may name them.
const AT_HOME: &[(&str, &[&str])] = &[
    ("reqwest", &["transport"]),
    ("flate2", &["transport", "emulator", "runs"]),
    ("httpdate", &["retry"]),
    ("foldhash", &["client"]),
    ("getrandom", &["client"]),
    ("pyo3", &["python"]),
    ("pythonize", &["python"]),
    ("rusqlite", &["runs"]),
    ("httparse", &["emulator"]),
    ("regex_syntax", &["emulator"]),
    ("memchr", &["jsonl"]),
    ("simdutf8", &["jsonl"]),
    ("wide", &["jsonl"]),
    ("arrow_array", &["export", "python/columns"]),
    ("arrow_schema", &["export", "python/columns"]),
    ("csv_core", &["export"]),
    // Twice, so that client and emulator can disagree about signatures.
    ("hmac", &["webhook", "emulator"]),
    ("sha2", &["webhook", "emulator", "runs"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn room(file: &Path) -> String {
    let inside = file.strip_prefix(source()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// Words of a file, comments left out.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn imported_rooms(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (position, _) in code.match_indices("crate::") {
        let rest = &code[position + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let inside = &group[..group.find("};").unwrap_or(group.len())];
            let mut depth = 0;
            let mut word = String::new();
            for character in inside.chars() {
                match character {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => rooms.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(character),
                    _ => {}
                }
            }
            rooms.push(word);
        } else {
            rooms.push(rest.to_owned());
        }
    }
    rooms
        .iter()
        .map(|path| {
            path.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn imports_go_down_only() {
    let mut seen = 0;
    for file in files(&source()) {
        let room = room(&file);
        if room == "lib" {
            continue;
        }
        let (_, allowed) =
            MAY_IMPORT.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("new room {room}"));
        for imported in imported_rooms(&code(&file)) {
            seen += 1;
            assert!(
                imported == room || allowed.contains(&imported.as_str()),
                "{} imports `{imported}`",
                file.display()
            );
        }
    }
    assert!(seen > 20, "the test sees no imports any more");
}

#[test]
fn libraries_stay_in_their_rooms() {
    for (library, rooms) in AT_HOME {
        let mut at_home = false;
        for file in files(&source()) {
            let code = code(&file);
            let named = code.contains(&format!("{library}::")) || code.contains(&format!("use {library}"));
            let room = room(&file);
            let place = file.strip_prefix(source()).unwrap().to_str().unwrap();
            at_home |= named;
            let may_name = rooms.contains(&room.as_str())
                || rooms.iter().any(|folder| place.starts_with(&format!("{folder}/")));
            assert!(!named || may_name, "{} names `{library}`", file.display());
        }
        assert!(at_home, "nobody names `{library}` any more");
    }
}

#[test]
fn nothing_is_made_under_a_lock_that_a_fork_could_leave_held() {
    for file in files(&source()) {
        for cell in ["PyOnceLock", "intern!"] {
            assert!(!code(&file).contains(cell), "{} uses `{cell}`: see `kept.rs`", file.display());
        }
    }
}

#[test]
fn files_stay_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in [source(), root.join("tests")].iter().flat_map(|folder| files(folder)) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines: split it by concern", file.display());
    }
}
