//! `covenant verify --tree`: two collateral accounts as one account of a claim, each of them verified
//! in its place.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::Desk;
use std::fs;

const NOW: u64 = 1_790_000_000;

/// Alder and northbank merged, quay beside them.
fn desk() -> Desk {
    let desk = Desk::basket(NOW);
    desk.run("rollup build --opening collateral-alder/opening.json collateral-northbank/opening.json --out lots")
        .expect(0);
    desk.run("prove --policy policy.json --prices prices.json --debt 4000000 --ratio 125% --opening lots/secret/opening.json collateral-quay/opening.json liability-birch/opening.json --out b.json")
        .expect(0);
    fs::create_dir(desk.path("lots/accounts")).unwrap();
    for leaf in ["alder", "northbank"] {
        let from = desk.path(&format!("collateral-{leaf}/account.json"));
        fs::copy(from, desk.path(&format!("lots/accounts/{leaf}.json"))).unwrap();
    }
    desk
}

#[test]
fn leaves_are_verified_in_the_place_of_their_top() {
    let desk = desk();
    let verify = format!(
        "verify b.json --expect expect.toml --at {} --json",
        NOW + 60
    );
    let alone = desk.run(&verify).expect(0).json();
    assert!(!alone["accounts"].to_string().contains("tree"), "{alone}");

    let with_tree = format!("{verify} --tree lots");
    let walked = desk.run(&with_tree).expect(0).json();
    let trees = walked["accounts"].as_array().unwrap().iter();
    let leaves: Vec<usize> = trees
        .filter_map(|word| Some(word["tree"].as_array()?.len()))
        .collect();
    assert_eq!(leaves, [2]);
    let said = walked["trusting"].to_string();
    assert!(
        said.contains("3 of 3 collateral accounts are self-declared"),
        "{said}"
    );

    // Two accounts that nobody signed for are allowed: the basket has two, its tree makes three of them.
    let expect = desk.read("expect.toml");
    let fewer = expect.replace(
        "max_self_declared_collateral = 3",
        "max_self_declared_collateral = 2",
    );
    desk.write("expect.toml", fewer);
    desk.run(&verify).expect(0);
    let refused = desk.run(&with_tree).expect(1).json();
    assert_eq!(refused["code"], "self_declared");
    // Three accounts in two of the bundle: the third is a leaf, or what follows the tree.
    let field = refused["field"].as_str().unwrap();
    assert!(field.starts_with("accounts["), "{refused}");
}

#[test]
fn a_tree_that_does_not_hold_is_refused() {
    let desk = desk();
    let verify = format!(
        "verify b.json --expect expect.toml --at {} --json --tree lots",
        NOW + 60
    );
    let refused = |code: i32| desk.run(&verify).expect(code).json();

    let file = desk.path("lots/accounts/alder.json");
    let kept = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let said = refused(1);
    assert_eq!(said["code"], "tree_refused");
    assert!(
        said.to_string()
            .contains("expected its account file, got none"),
        "{said}"
    );
    fs::write(&file, "{}").unwrap();
    assert!(refused(2).to_string().contains("alder.json"));
    fs::write(&file, kept).unwrap();

    // A leaf that the list does not have.
    let list = fs::read_dir(desk.path("lots/lists"))
        .unwrap()
        .next()
        .unwrap();
    let list = list.unwrap().path();
    let text = fs::read_to_string(&list).unwrap();
    let mut other: serde_json::Value = serde_json::from_str(&text).unwrap();
    other["list"].as_array_mut().unwrap().pop();
    fs::write(&list, other.to_string()).unwrap();
    let said = refused(1);
    assert_eq!(said["code"], "tree_refused");
    fs::write(&list, text).unwrap();
    refused(0);

    // A tree of another claim.
    desk.run("rollup build --opening collateral-alder/opening.json --out other")
        .expect(0);
    fs::create_dir(desk.path("other/accounts")).unwrap();
    fs::copy(&file, desk.path("other/accounts/alder.json")).unwrap();
    let line = verify.replace("--tree lots", "--tree other");
    let said = desk.run(&line).expect(1).json();
    assert_eq!(said["code"], "tree_refused");
    assert!(
        said.to_string().contains("no account of the bundle"),
        "{said}"
    );
}
