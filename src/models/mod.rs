//! The platform's nouns as plain data.
//!
//! Each model is declared once, with its documentation; the declaration also
//! leaves a table of its fields behind (see [`declare`]), from which the
//! Python classes, their stubs and the reference are made.

#[macro_use]
mod declare;

mod asset;
mod batch;
mod lenient;
mod limits;
mod page;
mod request;
mod response_format;
mod result;
mod status;
mod suggest;
mod task;
mod task_request;
mod technical_metadata;
mod value;

pub use asset::*;
pub use batch::*;
pub use lenient::*;
pub use limits::*;
pub use page::*;
pub use request::*;
pub use response_format::*;
pub use result::*;
pub use status::*;
pub use suggest::*;
pub use task::*;
pub use task_request::*;
pub use technical_metadata::*;
pub use value::*;
