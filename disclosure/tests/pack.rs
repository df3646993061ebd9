//! A pack is read as it is written and in no other way (docs/spec.md, section 10.16).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_disclosure::pack::{MAX_BYTES, MAX_DOCUMENT, MAX_DOCUMENTS, sha256};
use covenant_disclosure::{Pack, PackError};
use serde::Serialize;
use serde_json::Value;
use std::io::Read;
use tar::{Archive, Builder, EntryType, Header};

/// A member of an archive, for whoever alters one.
type Entry = (String, Vec<u8>);

fn documents() -> Vec<Entry> {
    vec![
        ("prices.json".into(), b"{\"prices\": 1}".to_vec()),
        ("policy.json".into(), Vec::new()),
    ]
}

fn pack() -> Pack {
    let [bundle, expect, opinion] = ["{\"b\": 1}", "version = 2\n", "{\"o\": 1}"];
    let [bundle, expect, opinion] = [bundle, expect, opinion].map(|text| text.as_bytes().to_vec());
    Pack::new(bundle, expect, opinion, documents()).unwrap()
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut archive = Archive::new(bytes);
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

fn header(name: &str, size: usize) -> Header {
    let mut header = Header::new_ustar();
    header.set_entry_type(EntryType::Regular);
    // A name that the library would not take is written by hand.
    let field = &mut header.as_ustar_mut().unwrap().name;
    field[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size as u64);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header.set_cksum();
    header
}

fn archive(entries: &[Entry]) -> Vec<u8> {
    let mut archive = Builder::new(Vec::new());
    for (name, content) in entries {
        archive
            .append(&header(name, content.len()), content.as_slice())
            .unwrap();
    }
    archive.into_inner().unwrap()
}

#[derive(Serialize)]
struct Manifest<'a> {
    version: u64,
    members: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    sha256: String,
    size: usize,
}

/// The archive of these members with a manifest that names them all.
fn with_manifest(entries: &[Entry]) -> Vec<u8> {
    let members = entries.iter().map(|(name, content)| Listed {
        name,
        sha256: sha256(content),
        size: content.len(),
    });
    let manifest = Manifest {
        version: 1,
        members: members.collect(),
    };
    let text = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    let first = ("manifest.json".to_owned(), text.into_bytes());
    archive(&[vec![first], entries.to_vec()].concat())
}

fn refused(bytes: &[u8]) -> PackError {
    Pack::from_bytes(bytes).unwrap_err()
}

#[test]
fn the_same_contents_are_the_same_bytes() {
    let bytes = pack().to_bytes().unwrap();
    assert_eq!(Pack::from_bytes(&bytes).unwrap(), pack());
    assert!(Pack::is_begun_by(&bytes) && !Pack::is_begun_by(b"{\"version\": 2}"));
    let mut reversed = documents();
    reversed.reverse();
    let again = pack();
    let again = Pack::new(
        again.bundle().to_vec(),
        again.expectations().to_vec(),
        again.opinion().to_vec(),
        reversed,
    );
    assert_eq!(again.unwrap().to_bytes().unwrap(), bytes);
    let names: Vec<String> = entries(&bytes).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "manifest.json",
        "bundle.json",
        "expectations.toml",
        "opinion.json",
        "documents/policy.json",
        "documents/prices.json",
    ];
    assert_eq!(names, expected);
    // Frozen: what was packed once is packed alike by every later version.
    assert_eq!(
        sha256(&bytes),
        "a905554de8f0d52c3b307cf10a11501c50c0f8bfe75db05f459becc75ecdb2b2"
    );
}

#[test]
fn expectations_in_json_are_named_so() {
    let pack = Pack::new(Vec::new(), b" {}".to_vec(), Vec::new(), []).unwrap();
    assert_eq!(pack.members()[1].name, "expectations.json");
    let bytes = pack.to_bytes().unwrap();
    assert_eq!(Pack::from_bytes(&bytes).unwrap(), pack);
}

/// Every byte, header and padding included.
#[test]
fn no_byte_can_be_flipped_added_or_cut_off() {
    let bytes = pack().to_bytes().unwrap();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert!(Pack::from_bytes(&altered).is_err(), "byte {at}");
    }
    for length in (0..bytes.len()).step_by(256) {
        assert!(
            Pack::from_bytes(&bytes[..length]).is_err(),
            "{length} bytes"
        );
    }
    let at = bytes.len();
    for more in [vec![0], vec![0; 512], bytes.clone()] {
        let longer = [bytes.clone(), more].concat();
        assert_eq!(refused(&longer), PackError::NotCanonical { at });
    }
}

#[test]
fn a_member_that_was_flipped_is_named() {
    let all = entries(&pack().to_bytes().unwrap());
    for i in 1..all.len() {
        let mut altered = all.clone();
        match altered[i].1.first_mut() {
            Some(byte) => *byte ^= 1,
            None => altered[i].1.push(0),
        }
        let said = refused(&archive(&altered));
        let named = matches!(&said, PackError::Hash { name, .. } if *name == all[i].0);
        assert!(named, "{said}");
    }
}

#[test]
fn a_member_that_was_removed_is_named() {
    let all = entries(&pack().to_bytes().unwrap());
    for i in 0..all.len() {
        let mut altered = all.clone();
        let (name, _) = altered.remove(i);
        assert_eq!(refused(&archive(&altered)), PackError::Missing { name });
    }
    // Nor can its hash be removed with it, for what every pack has.
    for i in 0..3 {
        let mut altered = all[1..].to_vec();
        let (name, _) = altered.remove(i);
        let said = refused(&with_manifest(&altered));
        assert_eq!(said, PackError::Missing { name });
    }
    // An empty document may be left out where the manifest does not name it: another pack.
    assert!(Pack::from_bytes(&with_manifest(&all[1..5])).is_ok());
}

#[test]
fn a_member_that_was_added_is_named() {
    let mut all = entries(&pack().to_bytes().unwrap());
    let name = "documents/more".to_owned();
    all.push((name.clone(), Vec::new()));
    assert_eq!(refused(&archive(&all)), PackError::Extra { name });
    // Both kinds of expectations, each in the manifest.
    let mut all = entries(&pack().to_bytes().unwrap())[1..].to_vec();
    all.insert(2, ("expectations.json".into(), b"{}".to_vec()));
    let said = refused(&with_manifest(&all));
    let name = "expectations.toml".into();
    assert_eq!(said, PackError::Extra { name });
}

#[test]
fn a_member_that_was_renamed_is_named() {
    let all = entries(&pack().to_bytes().unwrap());
    let mut altered = all.clone();
    altered[4].0 = "documents/other.json".into();
    let name = all[4].0.clone();
    assert_eq!(refused(&archive(&altered)), PackError::Missing { name });
    // Two that change places.
    let mut altered = all.clone();
    altered[4].0 = all[5].0.clone();
    altered[5].0 = all[4].0.clone();
    let said = refused(&archive(&altered));
    assert!(matches!(said, PackError::Hash { .. }), "{said}");
    // In another order.
    let mut altered = all.clone();
    altered.swap(4, 5);
    let said = refused(&archive(&altered));
    assert!(matches!(said, PackError::NotCanonical { .. }), "{said}");
    let said = refused(&with_manifest(&[&all[5..], &all[1..5]].concat()));
    assert!(matches!(said, PackError::NotCanonical { .. }), "{said}");
}

#[test]
fn no_name_leads_anywhere() {
    let all = entries(&pack().to_bytes().unwrap())[1..].to_vec();
    for name in [
        "../up",
        "/etc/passwd",
        "documents/../up",
        "documents//etc/passwd",
        "documents/a/b",
        "documents/.hidden",
        "documents/-rf",
        "documents/",
        "documents/a\\b",
        "documents/c:d",
        "documents/nul\u{e9}",
        "documents",
        "other.json",
        "./bundle.json",
    ] {
        let more = [all.clone(), vec![(name.to_owned(), Vec::new())]].concat();
        let said = refused(&with_manifest(&more));
        assert!(matches!(said, PackError::Name { .. }), "{name}: {said}");
        let document = name.strip_prefix("documents/").unwrap_or(name).to_owned();
        let put = Pack::new(vec![], vec![], vec![], [(document, vec![])]);
        let expected = matches!(name, "documents" | "other.json");
        assert_eq!(put.is_ok(), expected, "{name}");
    }
    let long = "a".repeat(81);
    let put = Pack::new(vec![], vec![], vec![], [(long, vec![])]);
    assert!(matches!(put, Err(PackError::Name { .. })));
}

#[test]
fn one_name_is_there_once_in_whatever_case() {
    let all = entries(&pack().to_bytes().unwrap());
    let twice = [all.clone(), vec![all[5].clone()]].concat();
    let said = refused(&archive(&twice));
    assert!(matches!(said, PackError::Repeated { .. }), "{said}");
    let more = vec![("documents/POLICY.json".to_owned(), Vec::new())];
    let said = refused(&with_manifest(&[more, all[1..].to_vec()].concat()));
    assert!(matches!(said, PackError::Repeated { .. }), "{said}");
    // In the manifest twice.
    let mut altered = all.clone();
    let mut manifest: Value = serde_json::from_slice(&all[0].1).unwrap();
    let first = manifest["members"][0].clone();
    manifest["members"].as_array_mut().unwrap().push(first);
    altered[0].1 = serde_json::to_vec_pretty(&manifest).unwrap();
    let said = refused(&archive(&altered));
    assert!(matches!(said, PackError::NotCanonical { .. }), "{said}");
}

/// Links, folders, devices, and the extensions that give the next entry another name or size.
#[test]
fn nothing_but_plain_files_is_in_it() {
    let bytes = pack().to_bytes().unwrap();
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Directory,
        EntryType::Fifo,
        EntryType::Char,
        EntryType::GNULongName,
        EntryType::GNUSparse,
        EntryType::XHeader,
        EntryType::XGlobalHeader,
    ] {
        let mut header = header("documents/more", 0);
        header.set_entry_type(kind);
        header.set_cksum();
        let first = [header.as_bytes().as_slice(), &bytes].concat();
        let said = refused(&first);
        assert!(
            matches!(said, PackError::NotAFile { .. }),
            "{kind:?}: {said}"
        );
    }
}

/// Times, owners, modes, and a second header format.
#[test]
fn an_archive_of_another_writer_is_refused() {
    let all = entries(&pack().to_bytes().unwrap());
    let changes: [fn(&mut Header); 4] = [
        |h| h.set_mtime(1),
        |h| h.set_uid(1),
        |h| h.set_mode(0o755),
        |h| h.as_ustar_mut().unwrap().uname[0] = b'x',
    ];
    for change in changes {
        let mut archive = Builder::new(Vec::new());
        for (name, content) in &all {
            let mut header = header(name, content.len());
            change(&mut header);
            header.set_cksum();
            archive.append(&header, content.as_slice()).unwrap();
        }
        let said = refused(&archive.into_inner().unwrap());
        assert!(matches!(said, PackError::NotCanonical { .. }), "{said}");
    }
}

#[test]
fn the_manifest_is_strict() {
    let all = entries(&pack().to_bytes().unwrap());
    let with = |text: &str| {
        let mut altered = all.clone();
        altered[0].1 = text.as_bytes().to_vec();
        refused(&archive(&altered))
    };
    let text = String::from_utf8(all[0].1.clone()).unwrap();
    for (from, to, expected) in [
        (
            "\"version\": 1",
            "\"version\": 2",
            "manifest.json: version: expected 1, got 2",
        ),
        (
            "\"version\": 1",
            "\"version\": 1, \"more\": 1",
            "unknown field",
        ),
        (
            "\"version\": 1",
            "\"version\": 1, \"version\": 1",
            "duplicate field",
        ),
        ("\"size\"", "\"size\": 1, \"size\"", "duplicate field"),
    ] {
        let altered = text.replacen(from, to, 1);
        assert_ne!(altered, text);
        let said = with(&altered).to_string();
        assert!(said.contains(expected), "{said}");
    }
    let wrong_size = text.replacen("\"size\": 8", "\"size\": 9", 1);
    assert_ne!(wrong_size, text);
    for other in [
        wrong_size,
        text.replace('\n', ""),
        text.trim_end().to_owned(),
    ] {
        let said = with(&other);
        assert!(matches!(said, PackError::NotCanonical { .. }), "{said}");
    }
    let said = with("");
    assert!(matches!(said, PackError::Json(_)), "{said}");
    let mut altered = all.clone();
    altered[0].1 = vec![0xff];
    assert_eq!(refused(&archive(&altered)), PackError::NotText);
}

#[test]
fn sizes_and_counts_are_bounded() {
    let large = vec![0; MAX_BYTES + 1];
    assert_eq!(
        refused(&large),
        PackError::PackTooLarge { got: large.len() }
    );
    let many = (0..=MAX_DOCUMENTS).map(|n| (format!("d{n}"), Vec::new()));
    let many: Vec<Entry> = many.collect();
    let put = Pack::new(vec![], vec![], vec![], many.clone());
    assert_eq!(put, Err(PackError::TooMany { got: 65 }));
    let named = many
        .iter()
        .map(|(name, content)| (format!("documents/{name}"), content.clone()));
    let all = entries(&pack().to_bytes().unwrap())[1..4].to_vec();
    let said = refused(&with_manifest(&[all, named.collect()].concat()));
    assert!(matches!(said, PackError::TooMany { .. }), "{said}");
    let million = (1 << 20) + 1;
    for (i, name) in [
        (0, "bundle.json"),
        (1, "expectations.toml"),
        (2, "opinion.json"),
    ] {
        let mut parts = [(); 3].map(|()| Vec::new());
        parts[i] = vec![b'x'; million];
        let [bundle, expect, opinion] = parts;
        let said = Pack::new(bundle, expect, opinion, []).unwrap_err();
        assert!(
            matches!(&said, PackError::TooLarge { name: n, .. } if n == name),
            "{said}"
        );
    }
    let document = ("d".to_owned(), vec![0; MAX_DOCUMENT + 1]);
    let put = Pack::new(vec![], vec![], vec![], [document]);
    assert!(matches!(put, Err(PackError::TooLarge { .. })));
    // A header that says more than there is.
    let mut bytes = header("bundle.json", 1 << 40).as_bytes().to_vec();
    bytes.extend([0; 1024]);
    let said = refused(&bytes);
    assert!(matches!(said, PackError::NotAnArchive { .. }), "{said}");
}
