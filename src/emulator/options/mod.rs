//! How the emulator behaves.

mod choices;
mod declare;
mod endpoints;
mod error;
mod value;
mod values;

pub(super) use choices::choice;
pub use choices::{
    CancelingAgain, ErrorShape, InitialStatus, KnownAssets, MalformedIdStatus, PageLimitPolicy,
    ProcessingAtExpiry, RowOrder, UnknownFields,
};
pub(super) use declare::{Entry, Table, require, table};
pub use endpoints::Endpoint;
pub use error::OptionError;
pub use value::OptionKind;
pub(super) use value::OptionValue;
pub use values::{OptionDescription, Options};
