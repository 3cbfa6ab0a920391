//! The platform's nouns as plain data.
//!
//! Each model is declared once, with its documentation; the declaration also
//! leaves a table of its fields behind (see [`declare`]), from which the
//! Python classes, their stubs and the reference are made.

#[macro_use]
mod declare;

mod batch;
mod limits;
mod page;
mod request;
mod response_format;
mod result;
mod status;
mod suggest;
mod value;

pub use batch::*;
pub use limits::*;
pub use page::*;
pub use request::*;
pub use response_format::*;
pub use result::*;
pub use status::*;
pub use suggest::*;
pub use value::*;
