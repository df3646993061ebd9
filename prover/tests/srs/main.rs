//! The SRS: what is embedded is right, what is imported is checked, what is cached comes back.
#![cfg(test)]

mod cache;
mod embedded;
mod fixtures;
mod import;
