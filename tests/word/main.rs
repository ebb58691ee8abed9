//! Word files: what is read out of them, and what is written into them.

#![allow(clippy::format_push_string)]

mod answers;
mod convert;
mod hostile;
mod layout;
mod measure;
mod pack;
mod papers;
mod reading;
mod seeds;
