//! Tables, row by row and cell by cell.

use super::WordError;
use super::document::Walker;
use super::tree::{Block, Cell};
use super::xml::Item;

impl Walker<'_> {
    pub(super) fn rows(&mut self) -> Result<Vec<Vec<Cell>>, WordError> {
        let mut rows = Vec::new();
        self.rows_into(&mut rows)?;
        Ok(rows)
    }

    fn rows_into(&mut self, rows: &mut Vec<Vec<Cell>>) -> Result<(), WordError> {
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is("tr") => {
                    let mut row = Vec::new();
                    if !self.cells(&mut row)? {
                        rows.push(row);
                    }
                }
                Item::Open(tag) if ["sdt", "sdtContent", "customXml", "ins"].iter().any(|name| tag.is(name)) => {
                    self.rows_into(rows)?;
                }
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::Close(_) => return Ok(()),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    /// The cells of a row; says whether the row is a tracked deletion.
    fn cells(&mut self, row: &mut Vec<Cell>) -> Result<bool, WordError> {
        let mut deleted = false;
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is("tc") => {
                    let mut cell = Cell { blocks: Vec::new(), columns: 1 };
                    self.cell(&mut cell)?;
                    row.push(cell);
                }
                Item::Open(tag) if tag.is("trPr") => deleted |= self.holds("del")?.0,
                Item::Open(tag) if ["sdt", "sdtContent", "customXml"].iter().any(|name| tag.is(name)) => {
                    deleted |= self.cells(row)?;
                }
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::Close(_) => return Ok(deleted),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    fn cell(&mut self, cell: &mut Cell) -> Result<(), WordError> {
        // `w:tcPr` comes first; what follows are blocks.
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.is("tcPr") => {
                    let span = self.holds("gridSpan")?.1.unwrap_or(1);
                    cell.columns = usize::try_from(span).unwrap_or(1).clamp(1, 63);
                }
                Item::Open(tag) if tag.is("p") => {
                    let para = self.para(&tag)?;
                    cell.blocks.push(Block::Para(Box::new(para)));
                    return self.blocks_into(&mut cell.blocks);
                }
                Item::Open(tag) if tag.is("tbl") => {
                    let rows = self.rows()?;
                    cell.blocks.push(Block::Table(rows));
                    return self.blocks_into(&mut cell.blocks);
                }
                Item::Open(tag) if tag.is("sdt") || tag.is("customXml") || tag.is("ins") => self.blocks_into(&mut cell.blocks)?,
                Item::Open(_) => {
                    self.xml.skip()?;
                }
                Item::Close(_) => return Ok(()),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }

    /// Whether the element that was opened last holds `name`, with the number that it bears.
    fn holds(&mut self, name: &str) -> Result<(bool, Option<i64>), WordError> {
        let mut found = (false, None);
        loop {
            match self.xml.next()? {
                Item::Open(tag) => {
                    if tag.is(name) {
                        found = (true, tag.number("val"));
                    }
                    self.xml.skip()?;
                }
                Item::Close(_) => return Ok(found),
                Item::End => return Err(WordError::BrokenXml),
                _ => {}
            }
        }
    }
}
