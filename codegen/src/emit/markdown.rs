//! Text of people and names of objects in Markdown, so that it shows as it is and breaks no table.
//!
//! Source: CommonMark 0.31.2, and GitHub Flavored Markdown, section 4.10 (tables).

/// Plain text in a paragraph, list or table cell, on one line.
pub fn text(text: &str) -> String {
    let signs: Vec<char> = text.trim().replace("\r\n", "\n").chars().collect();
    let neighbour = |at: usize, by: isize| at.checked_add_signed(by).and_then(|at| signs.get(at)).copied();
    let mut written = String::new();
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            '\n' => written.push_str("<br>"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            // Site generators read {{ }} and {% %} as templates, wherever they stand.
            '{' if matches!(neighbour(at, 1), Some('{' | '%')) => written.push_str("&#123;"),
            '_' if [-1, 1].map(|by| neighbour(at, by)).iter().all(|it| it.is_some_and(char::is_alphanumeric)) => {
                written.push('_');
            }
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '$' | '~' | '#' => written.extend(['\\', *sign]),
            sign if sign.is_control() => written.push(' '),
            sign => written.push(*sign),
        }
    }
    written
}

/// A name or a piece of SQL as code, also in a table cell.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    let is_plain = !text.contains('`') && !text.contains("{{") && !text.contains("{%");
    if is_plain && !text.is_empty() {
        return format!("`{}`", text.replace('|', "\\|"));
    }
    let escaped: String = text.chars().map(entity).collect();
    format!("<code>{escaped}</code>")
}

/// Several names as code, separated by commas.
pub fn codes<S: AsRef<str>>(texts: &[S]) -> String {
    texts.iter().map(|it| code(it.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A block of code whose fence no line of it can close.
pub fn fenced(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// A table; every cell must be Markdown already.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = vec!["---".to_owned(); head.len()];
    line(&head) + &line(&rule) + &rows.iter().map(|row| line(row)).collect::<String>()
}

/// A list with one item per line, empty for no item.
pub fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("- {item}\n")).collect()
}

/// The text without line ends and other control characters, so that it ends no comment and no line.
pub fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn entity(sign: char) -> String {
    match sign {
        '&' | '<' | '>' | '`' | '|' | '{' | '*' | '_' | '\\' | '[' | ']' | '$' | '~' => format!("&#{};", sign as u32),
        _ => sign.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_shows_as_it_is() {
        assert_eq!(
            text("a | b\n`c` <i> */ ${d} {{e}} f_g _h_"),
            "a \\| b<br>\\`c\\` &lt;i&gt; \\*/ \\${d} &#123;{e}} f_g \\_h\\_"
        );
    }

    #[test]
    fn code_stays_in_its_cell_and_on_its_line() {
        assert_eq!(code("a ||\n b"), "`a \\|\\| b`");
        assert_eq!(code("a`b"), "<code>a&#96;b</code>");
        assert_eq!(code(""), "<code></code>");
    }

    #[test]
    fn no_text_closes_its_fence() {
        assert_eq!(fenced("sql", "a\n```\nb"), "````sql\na\n```\nb\n````\n");
    }
}
