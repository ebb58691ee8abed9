//! Word files: what is read out of them, and what is written into them.

mod answers;
mod hostile;
mod pack;
mod reading;
