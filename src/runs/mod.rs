//! More requests than a batch holds: planned, submitted as there is room, remembered,
//! and tried again.
//!
//! # Design
//!
//! What is to be done next is decided by functions that neither wait nor ask anybody:
//! [`next_batch`] (which items go together), [`next_move`] (what to do now), [`settle`] (what
//! a batch that may have been made is), [`judge`] (what becomes of an item that has ended).
//! The [`Journal`] remembers, in one file. The [`Run`] is the one loop that moves bytes and
//! waits. It stands on the client's `create`, `as_completed` and `list`, and does none of
//! their work itself.

mod admission;
mod assets;
mod attempts;
mod begin;
mod driver;
mod dry;
mod events;
mod guards;
mod identity;
mod journal;
mod judge;
mod lane;
mod moves;
mod outcome;
mod plan;
mod report;
mod seen;
mod settings;
mod settle;
mod starts;
mod stored;
mod submission;

pub use admission::Admission;
pub use attempts::Attempt;
pub use driver::{Run, RunStep};
pub use dry::{Plan, Planner};
pub use guards::{Guards, Price, Spent, Stop, definitions, window};
pub use identity::{Content, Identity, ItemKey, account_tag};
pub use journal::{Boundary, ChunkRow, Journal, RunRow, State, Witness, leave_journals_to_parent};
pub use judge::{Judgement, judge};
pub use lane::Figures;
pub use moves::{Input, Move, Quota, Situation, next_move};
pub use outcome::{Ended, Outcome};
pub use plan::{Left, Limits, Weight, next_batch};
pub use report::{Counts, Report};
pub use settings::Settings;
pub use settle::{Settling, settle};
