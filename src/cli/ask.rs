//! What a command must know: from its options, from questions on a terminal, or from defaults.

use std::io::{BufRead, IsTerminal, Write};

use rlcheck::text::cjk;

/// What is to be known.
pub(super) struct Question<'a> {
    /// The option that gives it.
    pub(super) flag: &'a str,
    /// What it is, as asked: `镇（乡、街道）的名称`.
    pub(super) what: &'a str,
    /// An example of an answer.
    pub(super) example: &'a str,
    /// The answer where nothing is said.
    pub(super) default: Option<String>,
}

/// Where answers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// From a person at a terminal.
    Terminal,
    /// From defaults (`--yes`).
    Defaults,
    /// From nowhere: what options and settings do not give is missing.
    Nobody,
}

/// Somebody who can be asked, or nobody.
pub(super) struct Asker<R, W> {
    mode: Mode,
    input: R,
    output: W,
}

/// Asks at the terminal, if there is one; questions go to standard error, so that standard output holds results only.
pub(super) fn asker(yes: bool) -> Asker<impl BufRead, impl Write> {
    let mode = match yes {
        true => Mode::Defaults,
        false if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => Mode::Terminal,
        false => Mode::Nobody,
    };
    Asker { mode, input: std::io::stdin().lock(), output: std::io::stderr().lock() }
}

impl<R: BufRead, W: Write> Asker<R, W> {
    /// The answer to a question: `given` if there is one, else asked for. `check` says what is wrong with an answer.
    pub(super) fn answer<T>(
        &mut self,
        question: &Question<'_>,
        given: Option<String>,
        check: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        let Question { flag, what, example, default } = question;
        if let Some(given) = given {
            return check(given.trim()).map_err(|message| format!("{what}“{given}”不对：{message}（{flag} {example}）"));
        }
        match (self.mode, default) {
            (Mode::Terminal, _) => {}
            (Mode::Defaults, Some(default)) => return check(default),
            (Mode::Nobody, Some(default)) => {
                return Err(format!("还不知道{what}，请加上 {flag} {default}，或者加上 --yes 用默认值"));
            }
            (_, None) => return Err(format!("还不知道{what}，请加上 {flag} {example}")),
        }
        loop {
            let hint = match default.as_deref() {
                Some("") => "（不填就直接回车）".to_owned(),
                Some(default) => format!("（直接回车就用 {default}）"),
                None => format!("（例如 {example}）"),
            };
            let line = self.ask(&format!("{what}{hint}："))?;
            let text = if line.is_empty() { default.clone().unwrap_or_default() } else { line };
            match check(&text) {
                Ok(answer) => return Ok(answer),
                Err(message) => _ = writeln!(self.output, "  {message}"),
            }
        }
    }

    /// Whether there is a person to ask.
    pub(super) fn asks(&self) -> bool {
        self.mode == Mode::Terminal
    }

    fn ask(&mut self, prompt: &str) -> Result<String, String> {
        _ = self.output.write_all(prompt.as_bytes()).and_then(|()| self.output.flush());
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) | Err(_) => Err("\n没有回答，停下来了，什么都没有写".to_owned()),
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }
}

/// The name of a town, in full.
pub(super) fn town(text: &str) -> Result<String, String> {
    match rlcheck::report::town_of(text) {
        Some(town) if town == text => Ok(town),
        _ => Err("要写全称，以镇、乡或者街道结尾".to_owned()),
    }
}

/// The name of a county or district, in full.
pub(super) fn county(text: &str) -> Result<String, String> {
    let whole = is_name(text) && ["县", "区", "市", "旗"].iter().any(|end| text.ends_with(end));
    if whole { Ok(text.to_owned()) } else { Err("要写全称，以县、区、市或者旗结尾".to_owned()) }
}

/// The year of a report.
pub(super) fn year(text: &str) -> Result<u32, String> {
    let year = text.trim_end_matches('度').trim_end_matches('年').parse().ok();
    year.filter(|year| (1990..2100).contains(year)).ok_or_else(|| "要写四位数的年份".to_owned())
}

/// The name of a place above the county, or nothing.
pub(super) fn place(text: &str) -> Result<Option<String>, String> {
    match text {
        "" => Ok(None),
        name if is_name(name) => Ok(Some(name.to_owned())),
        _ => Err("要写汉字的全称".to_owned()),
    }
}

/// Names of villages and communities, set apart by 、 or commas.
pub(super) fn villages(text: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> =
        text.split(['、', '，', ',', ' ']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    match names.iter().find(|name| !is_name(name)) {
        Some(name) => Err(format!("“{name}”不像村或者社区的名称")),
        None => Ok(names),
    }
}

fn is_name(text: &str) -> bool {
    (2..=15).contains(&text.chars().count()) && text.chars().all(cjk::is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(default: Option<&str>) -> Question<'static> {
        Question { flag: "--town", what: "镇名", example: "柳川镇", default: default.map(str::to_owned) }
    }

    fn asked(mode: Mode, input: &str, default: Option<&str>, given: Option<&str>) -> (Result<String, String>, String) {
        let mut asker = Asker { mode, input: input.as_bytes(), output: Vec::new() };
        let answer = asker.answer(&question(default), given.map(str::to_owned), town);
        (answer, String::from_utf8(asker.output).expect("text"))
    }

    #[test]
    fn a_person_is_asked_until_the_answer_fits() {
        let (answer, said) = asked(Mode::Terminal, "柳川\n柳川镇\n", None, None);
        assert_eq!(answer.as_deref(), Ok("柳川镇"));
        assert_eq!(said, "镇名（例如 柳川镇）：  要写全称，以镇、乡或者街道结尾\n镇名（例如 柳川镇）：");
        assert_eq!(asked(Mode::Terminal, "\n", Some("青溪镇"), None).0.as_deref(), Ok("青溪镇"));
        assert!(asked(Mode::Terminal, "", None, None).0.is_err_and(|message| message.contains("什么都没有写")));
    }

    #[test]
    fn nobody_is_asked_without_need() {
        assert_eq!(asked(Mode::Nobody, "", None, Some("柳川镇")).0.as_deref(), Ok("柳川镇"));
        assert_eq!(
            asked(Mode::Nobody, "", None, Some("柳川")).0,
            Err("镇名“柳川”不对：要写全称，以镇、乡或者街道结尾（--town 柳川镇）".to_owned())
        );
        assert_eq!(asked(Mode::Defaults, "", Some("青溪镇"), None).0.as_deref(), Ok("青溪镇"));
        assert_eq!(asked(Mode::Nobody, "", None, None).0, Err("还不知道镇名，请加上 --town 柳川镇".to_owned()));
        assert_eq!(
            asked(Mode::Nobody, "", Some("青溪镇"), None).0,
            Err("还不知道镇名，请加上 --town 青溪镇，或者加上 --yes 用默认值".to_owned())
        );
    }

    #[test]
    fn answers_are_read_kindly() {
        assert_eq!(year("2025年度"), Ok(2025));
        assert_eq!(villages("上渠村、下渠村，兴禾社区").map(|names| names.len()), Ok(3));
        assert_eq!(place(""), Ok(None));
        assert!(county("云砚").is_err() && town("云砚县").is_err() && year("25").is_err() && villages("a\"b").is_err());
    }
}
