//! How the emulator behaves.

mod choices;
mod declare;
mod error;
mod value;
mod values;

pub use choices::{
    CancelingAgain, ErrorShape, InitialStatus, KnownAssets, MalformedIdStatus, PageLimitPolicy,
    ProcessingAtExpiry, RowOrder, UnknownFields,
};
pub use error::OptionError;
pub use value::OptionKind;
pub use values::{OptionDescription, Options};
