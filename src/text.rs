//! Source text and places in it: decoding, positions, text that remembers where it came from.
//!
//! Every offset inside the library is a byte offset into [`Source::text`]; lines, character columns and
//! UTF-16 columns are made at the border, by [`Source`] alone.

pub(crate) mod bytes;
pub mod cjk;
mod decode;
mod folded;
mod grid;
mod mapped;
mod office;
mod signs;
mod source;
mod wordlist;

pub use decode::{DecodeError, Encoding, MAX_BYTES, decode, encode, is_package};
pub use folded::{Folded, folded};
pub use grid::{Cell, Grid, Units};
pub use mapped::Mapped;
pub use office::OfficeFormat;
pub use signs::Signs;
pub use source::{Position, Source, Span};
pub use wordlist::WordList;
pub(crate) use wordlist::push_apart;
