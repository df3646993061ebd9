//! XML as a tree of elements, within bounds and without a DTD, for formats that are defined by
//! their elements: attributes, comments and processing instructions say nothing there.

use crate::malformed::Malformed;
use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::ResolveResult;

/// The most that elements may be within one another.
const DEPTH: usize = 40;
/// The most elements of a document.
const ELEMENTS: usize = 500_000;

/// An element, its text and the elements in it.
#[derive(Default)]
pub(super) struct Element {
    /// Without a prefix.
    pub(super) name: String,
    /// The namespace; empty where it has none.
    pub(super) space: String,
    /// Without white space around it.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The element in it of that name, if it is there.
    pub(super) fn maybe(&self, name: &str) -> Result<Option<&Self>, Malformed> {
        let is_it = |child: &&Self| child.name == name && child.space == self.space;
        let mut found = self.children.iter().filter(is_it);
        match (found.next(), found.next()) {
            (found, None) => Ok(found),
            _ => Err(Malformed::new("one element", "several").field(name)),
        }
    }

    /// The element in it of that name.
    pub(super) fn one(&self, name: &str) -> Result<&Self, Malformed> {
        let missing = || Malformed::new("an element", "none").field(name);
        self.maybe(name)?.ok_or_else(missing)
    }

    /// Every element in it of that name, none of which may be of another namespace.
    pub(super) fn list(&self, name: &str) -> Result<Vec<&Self>, Malformed> {
        let named: Vec<&Self> = self.children.iter().filter(|c| c.name == name).collect();
        match named.iter().all(|child| child.space == self.space) {
            true => Ok(named),
            false => Err(Malformed::new("the namespace around it", "another").field(name)),
        }
    }

    /// An element without elements, below it.
    pub(super) fn text_of(&self, name: &str) -> Result<&str, Malformed> {
        let element = self.one(name)?;
        match element.children.is_empty() {
            true => Ok(&element.text),
            false => Err(Malformed::new("a text", "elements").field(name)),
        }
    }
}

/// The root element of a document.
pub(super) fn read(text: &str) -> Result<Element, Malformed> {
    let mut reader = NsReader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0;
    loop {
        let before = reader.buffer_position();
        let refused = |what: &str| Malformed::said(what).line(line(text, before));
        let (space, event) = reader
            .read_resolved_event()
            .map_err(|_| refused("not XML"))?;
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if count > ELEMENTS || open.len() >= DEPTH {
                return Err(refused(
                    "expected fewer elements, or fewer within one another",
                ));
            }
            if root.is_some() {
                return Err(refused("expected one root element"));
            }
        }
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                let space = match space {
                    ResolveResult::Bound(space) => space.into_inner().to_owned(),
                    ResolveResult::Unbound => String::new(),
                    ResolveResult::Unknown(_) => return Err(refused("expected a known prefix")),
                };
                let element = Element {
                    name: start.local_name().into_inner().to_owned(),
                    space,
                    ..Element::default()
                };
                match matches!(event, Event::Start(_)) {
                    true => open.push(element),
                    false => close(element, &mut open, &mut root),
                }
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| refused("not XML"))?;
                close(element, &mut open, &mut root);
            }
            Event::Text(part) => say(&part, &mut open).map_err(refused)?,
            Event::CData(part) => say(&part, &mut open).map_err(refused)?,
            Event::GeneralRef(part) => {
                let part = character(&part).ok_or_else(|| refused("expected no entities"))?;
                say(&part, &mut open).map_err(refused)?;
            }
            Event::DocType(_) => return Err(refused("expected no document type definition")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    let truncated = || Malformed::said("expected the end of every element: the file is cut off");
    match open.is_empty() {
        true => root.ok_or_else(truncated),
        false => Err(truncated()),
    }
}

/// Puts an element that is read where it belongs.
fn close(mut element: Element, open: &mut [Element], root: &mut Option<Element>) {
    element.text = element.text.trim().to_owned();
    match open.last_mut() {
        Some(above) => above.children.push(element),
        None => *root = Some(element),
    }
}

/// Adds text to the innermost element.
fn say(part: &str, open: &mut [Element]) -> Result<(), &'static str> {
    match open.last_mut() {
        Some(element) => element.text.push_str(part),
        None if part.trim().is_empty() => {}
        None => return Err("expected no text outside of the root element"),
    }
    Ok(())
}

/// A character by its number, or one of the five that XML names itself.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(ToOwned::to_owned),
        Err(_) => None,
    }
}

fn line(text: &str, offset: u64) -> u64 {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    1 + before.iter().filter(|byte| **byte == b'\n').count() as u64
}
