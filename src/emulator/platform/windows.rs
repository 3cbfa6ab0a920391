//! Which seconds of its video an item covers.

use super::checks::OrderedItem;
use super::checks::path::Path;
use super::refusal::Refusal;
use super::spans::is_at_least;

/// Length of a video and the seconds of it to analyze.
#[derive(Clone, Copy)]
pub(super) struct Course {
    pub(super) video_duration: f64,
    pub(super) window: (f64, f64),
}

/// The videos of a batch, with these lengths in seconds, must not be longer than `hours` together.
pub(super) fn check_hours(durations: impl Iterator<Item = f64>, hours: f64) -> Result<(), Refusal> {
    let together = durations.sum::<f64>() / 3600.0;
    if together <= hours {
        return Ok(());
    }
    let problem = format!("the videos have {together} hours together, and a batch may have {hours}");
    Err(Refusal::invalid("requests", problem))
}

/// Fits what an item asks for to its video. A video nobody registered is as long as it has to be.
pub(super) fn measure(
    item: &OrderedItem,
    index: usize,
    duration: f64,
    is_registered: bool,
) -> Result<Course, Refusal> {
    let root = Path::Root;
    let requests = root.field("requests");
    let place = requests.index(index);
    let start = item.start.unwrap_or(0.0);
    let ranges_end = item.ranges.map_or(0.0, |ranges| ranges.end);
    let video_duration = if is_registered {
        duration
    } else {
        let needed = item.end.unwrap_or(item.start.map_or(0.0, |start| start + 1.0));
        duration.max(needed).max(ranges_end)
    };
    if let Some(ranges) = item.ranges {
        if ranges.end > video_duration {
            let problem =
                format!("a time range ends at {ranges_end}, after the video of {video_duration} seconds");
            return Err(Refusal::invalid(place.field("response_format"), problem));
        }
        return Ok(Course { video_duration, window: (ranges.start, ranges.end) });
    }
    let end = item.end.unwrap_or(video_duration).min(video_duration);
    let is_limited = item.start.is_some() || item.end.is_some();
    if is_limited && !is_at_least(start, end, 1.0) {
        let problem =
            format!("less than 1 second of the video of {video_duration} seconds is left to analyze");
        return Err(Refusal::invalid(place.field("start_time"), problem));
    }
    Ok(Course { video_duration, window: (start, end) })
}
