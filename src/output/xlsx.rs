//! `--format xlsx`: a workbook for the office: 汇总 (drafts × required parts), 问题 (all findings), 常见问题.

use std::fmt::Write as _;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::csv::{self, one_line};
use super::form::{Page, Writer};
use super::overview::{Commonest, Overview, State};
use super::{Checked, Tally};
use crate::finding::Severity;

/// What a workbook keeps of a draft.
pub(super) fn page(checked: &Checked<'_>) -> Page {
    Page { overview: Some(Box::new(Overview::of(checked))), rows: csv::rows(checked).collect(), ..Page::default() }
}

/// The columns of 汇总 that every draft has; behind them come the required parts.
const OVERVIEW: [(&str, f64); 6] =
    [("文件", 36.0), ("镇", 12.0), ("年度", 8.0), ("必须修改", 10.0), ("建议修改", 10.0), ("供参考", 10.0)];
/// How wide the columns of 问题 are.
const WIDTHS: [f64; 12] = [28.0, 10.0, 7.0, 10.0, 22.0, 20.0, 6.0, 6.0, 34.0, 48.0, 44.0, 30.0];
const FAULTS: [(&str, f64); 5] = [("标题", 28.0), ("规则", 26.0), ("程度", 12.0), ("处数", 8.0), ("稿件数", 8.0)];
/// Rows that a sheet has room for, its head left out.
const ROOM: u32 = 1_048_575;
/// Characters of a cell; the program that opens it bears 32,767 units.
const MOST: usize = 4000;

/// The looks of cells.
struct Looks {
    head: Format,
    plain: Format,
    number: Format,
    error: Format,
    warning: Format,
    info: Format,
}

impl Looks {
    fn new() -> Self {
        let font = || Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::Top);
        let cell = || font().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(Color::RGB(0xD9_D9_D9));
        let plain = || cell().set_text_wrap();
        Self {
            head: font().set_bold().set_background_color(Color::RGB(0xE4_EA_F1)).set_align(FormatAlign::VerticalCenter),
            plain: plain(),
            number: cell().set_align(FormatAlign::Center),
            error: plain().set_bold().set_font_color(Color::RGB(0xB4_23_18)),
            warning: plain().set_font_color(Color::RGB(0x8A_55_00)),
            info: plain().set_font_color(Color::RGB(0x3F_5F_7F)),
        }
    }

    fn of(&self, title: &str) -> &Format {
        match title {
            title if title == Severity::Error.title() || title == csv::UNREAD || title == State::Missing.title() => &self.error,
            title if title == Severity::Warning.title() || title == State::Partial.title() => &self.warning,
            title if title == Severity::Info.title() => &self.info,
            _ => &self.plain,
        }
    }
}

/// Writes the workbook, whose sheets grow with the drafts.
pub(super) struct Xlsx {
    looks: Looks,
    drafts: Worksheet,
    findings: Worksheet,
    faults: Commonest,
    /// The required parts that have a column.
    parts: Vec<String>,
    rows: (u32, u32),
    /// Findings for which there was no room.
    left: usize,
    failed: Option<XlsxError>,
}

impl Xlsx {
    pub(super) fn new() -> Self {
        Self {
            looks: Looks::new(),
            drafts: Worksheet::new(),
            findings: Worksheet::new(),
            faults: Commonest::default(),
            parts: Vec::new(),
            rows: (0, 0),
            left: 0,
            failed: None,
        }
    }

    /// Notes what went wrong first.
    fn note(&mut self, result: Result<(), XlsxError>) {
        if let Err(error) = result {
            self.failed.get_or_insert(error);
        }
    }

    fn add_overview(&mut self, overview: &Overview) -> Result<(), XlsxError> {
        if self.rows.0 == ROOM {
            return Ok(());
        }
        self.rows.0 += 1;
        let (row, sheet, looks) = (self.rows.0, &mut self.drafts, &self.looks);
        text(sheet, row, 0, &overview.name, &looks.plain)?;
        text(sheet, row, 1, overview.town.as_deref().unwrap_or_default(), &looks.plain)?;
        if let Some(year) = overview.year {
            sheet.write_number_with_format(row, 2, year, &looks.number)?;
        }
        let tally = overview.tally;
        for (column, count) in (3..).zip([tally.errors, tally.warnings, tally.infos]) {
            sheet.write_number_with_format(row, column, count as f64, &looks.number)?;
        }
        for (title, state) in &overview.parts {
            let at = self.parts.iter().position(|part| part == title).unwrap_or_else(|| {
                self.parts.push(title.clone());
                self.parts.len() - 1
            });
            text(sheet, row, (OVERVIEW.len() + at) as u16, state.title(), looks.of(state.title()))?;
        }
        Ok(())
    }

    fn add_finding(&mut self, cells: &csv::Row) -> Result<(), XlsxError> {
        if self.rows.1 == ROOM {
            self.left += 1;
            return Ok(());
        }
        self.rows.1 += 1;
        let (row, sheet, looks) = (self.rows.1, &mut self.findings, &self.looks);
        for (column, cell) in (0u16..).zip(cells) {
            match (column, cell.parse::<u32>()) {
                (2 | 6 | 7, Ok(number)) => _ = sheet.write_number_with_format(row, column, number, &looks.number)?,
                (3, _) => text(sheet, row, column, cell, looks.of(cell))?,
                _ => text(sheet, row, column, cell, &looks.plain)?,
            }
        }
        Ok(())
    }

    fn faults(&self) -> Result<Worksheet, XlsxError> {
        let (mut sheet, looks) = (Worksheet::new(), &self.looks);
        for (row, fault) in (1..).zip(self.faults.sorted()) {
            text(&mut sheet, row, 0, &fault.title, &looks.plain)?;
            text(&mut sheet, row, 1, &fault.rule, &looks.plain)?;
            text(&mut sheet, row, 2, fault.severity.title(), looks.of(fault.severity.title()))?;
            sheet.write_number_with_format(row, 3, fault.count as f64, &looks.number)?;
            sheet.write_number_with_format(row, 4, fault.drafts as f64, &looks.number)?;
        }
        let last = self.faults.sorted().len() as u32;
        finish(&mut sheet, "常见问题", &FAULTS.map(|(title, width)| (title.to_owned(), width)), last, &looks.head)?;
        Ok(sheet)
    }

    fn finish(&mut self, tally: Tally) -> Result<Vec<u8>, XlsxError> {
        let columns: Vec<(String, f64)> = OVERVIEW
            .iter()
            .map(|&(title, width)| (title.to_owned(), width))
            .chain(self.parts.iter().map(|part| (part.clone(), 16.0)))
            .collect();
        let mut said = tally.said();
        if self.left > 0 {
            _ = write!(said, "（“问题”表放不下，还有{}处没有列出，请分批检查或改用 csv）", self.left);
        }
        let mut faults = self.faults()?;
        text(&mut self.drafts, self.rows.0.min(ROOM - 2) + 2, 0, &said, &self.looks.head)?;
        finish(&mut self.drafts, "汇总", &columns, self.rows.0, &self.looks.head)?;
        let columns: Vec<(String, f64)> = csv::HEADS.map(str::to_owned).into_iter().zip(WIDTHS).collect();
        finish(&mut self.findings, "问题", &columns, self.rows.1, &self.looks.head)?;
        faults.set_landscape();
        let mut book = Workbook::new();
        // The same findings give the same bytes: the day of writing is left out.
        book.set_properties(
            &DocProperties::new()
                .set_title("法治政府建设年度报告检查结果")
                .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?),
        );
        for sheet in [std::mem::take(&mut self.drafts), std::mem::take(&mut self.findings), faults] {
            book.push_worksheet(sheet);
        }
        book.save_to_buffer()
    }
}

/// A text, as long as a cell bears.
fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, one_line(text, MOST), look).map(|_| ())
}

/// Gives a sheet its head, which stays in view and filters.
fn finish(sheet: &mut Worksheet, name: &str, columns: &[(String, f64)], last: u32, head: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_row_height(0, 22)?.set_freeze_panes(1, 1)?;
    for (column, (title, width)) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, column, title, head)?.set_column_width(column, *width)?;
    }
    sheet.autofilter(0, 0, last.max(1), columns.len().saturating_sub(1) as u16)?;
    // A4 across, as wide as one page, the head on every page.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

impl Writer for Xlsx {
    fn draft(&mut self, page: Page) -> String {
        if let Some(overview) = &page.overview {
            self.faults.add(overview);
            let result = self.add_overview(overview);
            self.note(result);
        }
        for row in &page.rows {
            let result = self.add_finding(row);
            self.note(result);
        }
        String::new()
    }

    fn unread(&mut self, name: &str, why: &str) -> String {
        let result = self.add_finding(&csv::unread(name, why));
        self.note(result);
        if self.rows.0 < ROOM {
            self.rows.0 += 1;
            let result = text(&mut self.drafts, self.rows.0, 0, name, &self.looks.plain)
                .and_then(|()| text(&mut self.drafts, self.rows.0, 1, csv::UNREAD, &self.looks.error));
            self.note(result);
        }
        String::new()
    }

    fn tail(&mut self, tally: Tally) -> Result<Vec<u8>, String> {
        let written = match self.failed.take() {
            Some(error) => Err(error),
            None => self.finish(tally),
        };
        written.map_err(|error| format!("写不成 xlsx 表格：{error}"))
    }
}
