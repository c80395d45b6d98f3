use super::*;
use proptest::prelude::*;

fn rows(text: &str) -> Vec<[String; 4]> {
    let read = read(text);
    assert_eq!(read.faults, [], "{text:?}");
    let cells = |r: TargetRow| [r.account, r.name, r.weight, r.band];
    read.rows.into_iter().map(cells).collect()
}

fn row(cells: [&str; 4]) -> [String; 4] {
    cells.map(str::to_owned)
}

#[test]
fn columns_are_found_by_name_in_any_order() {
    let text = "Weight %,Symbol,Account,Band %\n60,vti,DU1,5\n40 %,BND,,\n";
    assert_eq!(
        rows(text),
        [row(["DU1", "VTI", "60", "5"]), row(["", "BND", "40", ""])]
    );
}

#[test]
fn without_names_the_places_say_it() {
    assert_eq!(
        rows("VTI,60\nBND,40,2"),
        [row(["", "VTI", "60", ""]), row(["", "BND", "40", "2"])]
    );
    assert_eq!(rows("DU1,VTI,60"), [row(["DU1", "VTI", "60", ""])]);
    assert_eq!(rows("DU1,VTI,60,5"), [row(["DU1", "VTI", "60", "5"])]);
}

#[test]
fn a_spreadsheet_of_another_country_is_read() {
    let text =
        "\u{feff}Symbol;Weight %;Band %\r\n\"VTI\";\"62,5 %\";2,5\r\n;;\r\n#Bonds;37,5%;\r\n";
    assert_eq!(
        rows(text),
        [
            row(["", "VTI", "62.5", "2.5"]),
            row(["", "#bonds", "37.5", ""])
        ]
    );
    assert_eq!(
        rows("tag\tweight\nBonds\t40"),
        [row(["", "#bonds", "40", ""])]
    );
}

#[test]
fn what_can_t_be_read_says_line_and_reason_and_the_rest_is_kept() {
    let read = read("symbol,weight\nVTI,60\nBND,forty\n,5\nGLD,140\nIAU,\"1,000\"\nTLT,5,x\n");
    assert_eq!(read.rows.len(), 2);
    let lines: Vec<u64> = read.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 4, 5, 6]);
    assert!(
        read.faults[0].says.contains("The weight of BND"),
        "{:?}",
        read.faults
    );
    assert!(
        read.faults[1].says.contains("no symbol"),
        "{:?}",
        read.faults
    );
    assert!(
        read.faults[2].says.contains("between 0 and 100"),
        "{:?}",
        read.faults
    );
}

#[test]
fn nothing_is_not_silently_nothing() {
    assert_eq!(read("").faults.len(), 1);
    assert_eq!(read("\n \n").faults.len(), 1);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}|[a-z,;#\"%\n\t0-9.]{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn every_line_is_a_row_or_a_fault(lines in prop::collection::vec("[A-Z]{1,4},[0-9a-z]{1,4}", 1..20)) {
        let read = read(&format!("symbol,weight\n{}\n", lines.join("\n")));
        prop_assert_eq!(read.rows.len() + read.faults.len(), lines.len());
    }
}
