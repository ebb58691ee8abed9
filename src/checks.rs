//! The checks.

pub mod figures;
