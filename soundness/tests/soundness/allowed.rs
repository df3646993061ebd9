//! The allow-list: survivors that are explained. A line names an operator, a part of the
//! survivor's words and the reason.

/// The survivors of an operator that the list does not explain.
pub fn unexplained<'a>(operator: &str, survivors: &'a [String]) -> Vec<&'a String> {
    let entries = entries(include_str!("allowed.txt"));
    let explained = |survivor: &String| {
        let of = |op: &str| op == operator || op == "any";
        entries
            .iter()
            .any(|(op, part, _)| of(op) && survivor.contains(part.as_str()))
    };
    let left: Vec<&String> = survivors.iter().filter(|s| !explained(s)).collect();
    for survivor in &left {
        println!("{operator} survivor: {survivor}");
    }
    left
}

/// `operator, or any | part of the words | reason`, one a line; `#` begins a comment.
fn entries(text: &str) -> Vec<(String, String, String)> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [operator, part, reason] = fields.as_slice() else {
                panic!("expected `operator | part | reason`, got {line:?}");
            };
            assert!(part.len() > 8 && reason.len() > 20, "too short: {line:?}");
            (operator.to_string(), part.to_string(), reason.to_string())
        })
        .collect()
}

#[test]
fn the_list_is_read() {
    let list = entries("# comment\n\nA | [S5 tiers] c {  | a reason of some length here\n");
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].1, "[S5 tiers] c {");
}
