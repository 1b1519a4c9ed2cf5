//! A small, strict reader of the SVG the figures consist of.

use std::collections::BTreeMap;

/// An element with its attributes and the text directly in it.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub text: String,
}

impl Element {
    pub fn number(&self, name: &str) -> f64 {
        self.attributes[name].parse().unwrap()
    }

    pub fn is(&self, attribute: &str, value: &str) -> bool {
        self.attributes.get(attribute).is_some_and(|v| v == value)
    }

    /// The vertices of a line or polygon.
    pub fn points(&self) -> Vec<[f64; 2]> {
        let pair = |p: &str| {
            let (x, y) = p.split_once(',').unwrap();
            [x.parse().unwrap(), y.parse().unwrap()]
        };
        self.attributes["points"]
            .split_whitespace()
            .map(pair)
            .collect()
    }

    /// Every position in it.
    pub fn positions(&self) -> Vec<[f64; 2]> {
        match self.name.as_str() {
            "polyline" | "polygon" => self.points(),
            "circle" => vec![[self.number("cx"), self.number("cy")]],
            "text" => vec![[self.number("x"), self.number("y")]],
            _ => vec![],
        }
    }
}

/// All elements in order; panics unless the text is well-formed XML (of the kind without
/// comments, declarations and CDATA).
pub fn read(svg: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = vec![];
    let mut open: Vec<usize> = vec![];
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let text = check_text(&rest[..start]);
        match open.last() {
            Some(&i) => elements[i].text.push_str(&text),
            None => assert!(text.trim().is_empty(), "text outside: {text}"),
        }
        let end = start + rest[start..].find('>').expect("a tag is not closed");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        assert!(!tag.contains('<'), "< in a tag: {tag}");
        if let Some(name) = tag.strip_prefix('/') {
            let i = open.pop().expect("an end without a start");
            assert_eq!(elements[i].name, name);
            continue;
        }
        let (tag, empty) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        assert!(!open.is_empty() || elements.is_empty(), "two roots");
        if !empty {
            open.push(elements.len());
        }
        elements.push(element(tag));
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    assert!(rest.trim().is_empty());
    elements
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(name.chars().all(char::is_alphanumeric), "{name}");
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (key, after) = rest.trim_start().split_once("=\"").expect("an attribute");
        assert!(
            key.chars().all(|c| c.is_alphanumeric() || c == '-'),
            "{key}"
        );
        let (value, after) = after.split_once('"').expect("an open quote");
        let twice = attributes.insert(key.to_owned(), check_text(value));
        assert!(twice.is_none(), "{key} twice");
        rest = after;
    }
    Element {
        name: name.to_owned(),
        attributes,
        text: String::new(),
    }
}

/// Resolves the entities; panics at an ampersand that is none and at control characters.
fn check_text(text: &str) -> String {
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, after) = part.split_once(';').expect("a bare ampersand");
        plain.push(match entity {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            other => panic!("unknown entity {other}"),
        });
        plain.push_str(after);
    }
    plain
}

/// The frames: closed rectangles in ink, one pixel wide, `[left, top, right, bottom]`.
pub fn frames(elements: &[Element]) -> Vec<[f64; 4]> {
    elements
        .iter()
        .filter(|e| e.name == "polyline" && e.is("stroke", "#222222") && e.is("stroke-width", "4"))
        .map(Element::points)
        .filter(|p| p.len() == 5 && p[0] == p[4] && p[0][1] == p[1][1] && p[1][0] == p[2][0])
        .map(|p| [p[0][0], p[0][1], p[2][0], p[2][1]])
        .collect()
}

/// The lines of one colour that are wider than leaders and ticks.
pub fn lines<'a>(
    elements: &'a [Element],
    colour: &'a str,
) -> impl Iterator<Item = Vec<[f64; 2]>> + 'a {
    elements
        .iter()
        .filter(move |e| e.name == "polyline" && e.is("stroke", colour))
        .filter(|e| e.number("stroke-width") > 4.0)
        .map(Element::points)
}

/// Is there a shape filled with this colour: a mark of something proved?
pub fn has_filled(elements: &[Element], colour: &str) -> bool {
    elements
        .iter()
        .any(|e| e.is("fill", colour) && e.name != "text")
}

/// All text in the drawing.
pub fn text(elements: &[Element]) -> String {
    let texts = elements.iter().filter(|e| e.name == "text");
    texts.map(|e| e.text.trim()).collect::<Vec<_>>().join("\n")
}
