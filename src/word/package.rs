//! Writing a package: some parts anew, all others as they were.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::draft::WordError;
use crate::draft::word::package::Package;

/// What stands at the end of a main part that rlcheck wrote. Word, WPS and others leave it out when they save, so
/// that a file which its drafter has touched is no longer rlcheck's own.
const SEAL: &str = "<!--rlcheck-->";

/// The package with the given parts in place of its own; parts that it does not have come last.
pub(super) fn rewrite(package: &Package<'_>, parts: &BTreeMap<String, String>) -> Result<Vec<u8>, WordError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let mut archive = package.archive();
    for (index, name) in package.names().iter().enumerate() {
        if let Some(text) = parts.get(name) {
            zip.start_file(name.as_str(), options).map_err(|_| WordError::Broken)?;
            zip.write_all(text.as_bytes()).map_err(|_| WordError::Broken)?;
        } else {
            let entry = archive.by_index_raw(index).map_err(|_| WordError::Broken)?;
            zip.raw_copy_file(entry).map_err(|_| WordError::Broken)?;
        }
    }
    for (name, text) in parts.iter().filter(|(name, _)| !package.names().contains(name)) {
        zip.start_file(name.as_str(), options).map_err(|_| WordError::Broken)?;
        zip.write_all(text.as_bytes()).map_err(|_| WordError::Broken)?;
    }
    Ok(zip.finish().map_err(|_| WordError::Broken)?.into_inner())
}

/// A main part with the seal; it is UTF-8 from now on, whatever it was.
pub(super) fn sealed(xml: &str) -> String {
    let xml = as_utf8(xml);
    if xml.trim_end().ends_with(SEAL) { xml } else { xml + SEAL }
}

/// Text of a part with a declaration that says UTF-8.
pub(super) fn as_utf8(xml: &str) -> String {
    match xml.find("?>") {
        Some(end) if xml.starts_with("<?xml") => {
            let declaration = xml[..end].replace("UTF-16", "UTF-8").replace("utf-16", "utf-8");
            declaration + &xml[end..]
        }
        _ => xml.to_owned(),
    }
}

/// Whether a file was written by rlcheck and by nobody since.
pub fn is_own(bytes: &[u8]) -> bool {
    let main = || -> Result<Option<String>, WordError> {
        let package = Package::open(bytes)?;
        package.text(&package.main()?)
    };
    main().ok().flatten().is_some_and(|xml| xml.trim_end().ends_with(SEAL))
}
