//! Comma-separated points.

use std::fs;
use std::path::Path;

use minlift::data::{DataNoise, DataSet, Source};

use super::{Place, bits, hash};

#[test]
fn what_is_written_with_17_digits_comes_back() {
    let place = Place::new("round-trip");
    for (n, d) in [(1, 2), (100, 10), (3, 1000)] {
        let drawn = DataSet::draw(n, d, 7.0, 0.03, DataNoise::Isotropic, 4);
        let mut text = String::new();
        for row in drawn.points.row_iter() {
            let fields: Vec<String> = row.iter().map(|x| format!("{x:.16e}")).collect();
            text += &(fields.join(",") + "\n");
        }
        let read = place.data("points.csv", &text);
        assert_eq!((read.n(), read.d()), (n, d));
        assert_eq!(bits(&read), bits(&drawn));
        assert_eq!(read.centres, drawn.centres, "the noise is small");
        assert_eq!(read.counts(), drawn.counts());
    }
    // Every spelling of a decimal; the largest, the smallest, and what lies below it.
    let text = "1e-400,-0.0,+5\n1.7976931348623157e308,5e-324,.5\n0.1,-1E+2,7.\n";
    let read = place.data("points.csv", text);
    let expected = [0.0, -0.0, 5.0, f64::MAX, 5e-324, 0.5, 0.1, -100.0, 7.0];
    assert_eq!(bits(&read), expected.map(f64::to_bits));
}

/// The hash of the bytes as `sha256sum` prints it.
#[test]
fn the_source_is_the_file_and_its_hash() {
    let place = Place::new("hash");
    let data = place.data("abc.csv", "1,0\n-1,7\n");
    let Source::File { path, .. } = &data.source else {
        panic!("it was read")
    };
    assert_eq!(Path::new(path), place.0.join("abc.csv"));
    assert_eq!(
        hash(&data),
        "efb2259670af9016e2a89c80d4fcd529c03a9f1c7e2343d3a75da06e47e0b50e"
    );
    assert_ne!(hash(&data), hash(&place.data("abc.csv", "1,0\n-1,7")));
}

#[test]
fn lines_end_as_they_like() {
    let place = Place::new("line-ends");
    let expected = place.data("a.csv", "1,2\n3,4\n");
    for text in [
        "1,2\n3,4",
        "1,2\r\n3,4\r\n",
        "1,2\r3,4\r",
        "\u{feff}1,2\n3,4\n",
        "\n\n1,2\n\n\n3,4\n\n",
        "# comment, with commas\n1,2\n#another\n3,4\n  # and a third",
        " 1 ,\t2\n \t \n3, 4 \n",
        "\"1\",\"2\"\n\" 3 \",4\n",
        "x1,x2\n1,2\n3,4\n",
        "\u{feff}\"x1\",\"x2\"\r\n1,2\r\n3,4\r\n",
        "# first\r\n\r\nfirst coordinate,zweite Koördinate\r\n1,2\r\n3,4\r\n",
    ] {
        assert_eq!(
            bits(&place.data("a.csv", text)),
            bits(&expected),
            "{text:?}"
        );
    }
    // The extension may shout.
    assert_eq!(bits(&place.data("A.CSV", "1,2\n3,4\n")), bits(&expected));
}

#[test]
fn a_point_belongs_to_the_nearest_centre() {
    let place = Place::new("nearest");
    let centres = |text: &str| place.data("a.csv", text).centres;
    assert_eq!(centres("1,0,9\n1,7,9\n-1,0,9\n-1,7,9\n"), [0, 1, 2, 3]);
    assert_eq!(
        centres("0.001,3.4\n50,3.6\n-1e-9,-80\n-1,1e300\n"),
        [0, 1, 2, 3]
    );
    // Ties: x^(1) = 0, x^(2) = τ/2, both; to the centre that comes first.
    assert_eq!(
        centres("0,-1\n0,8\n1,3.5\n-1,3.5\n0,3.5\n-0.0,3.5\n"),
        [0, 1, 0, 2, 0, 0]
    );
    // One unit in the last place decides.
    let (above, below) = (3.5_f64.next_up(), 3.5_f64.next_down());
    let text = format!("1,{above:?}\n1,{below:?}\n{:?},0\n", -5e-324);
    assert_eq!(centres(&text), [1, 0, 2]);
    // Another tau, another rectangle.
    let path = place.write("a.csv", "1,3\n-1,0.6\n");
    assert_eq!(DataSet::read(&path, 1.0).unwrap().centres, [1, 3]);
    assert_eq!(DataSet::read(&path, 7.0).unwrap().centres, [0, 2]);
    assert_eq!(
        place.data("a.csv", "1,3\n-1,0.6\n-3,1\n").counts(),
        [1, 0, 2, 0]
    );
}

/// Against distances that are computed, where the nearest is clear.
#[test]
fn the_nearest_centre_has_the_least_distance() {
    let place = Place::new("distances");
    let drawn = DataSet::draw(500, 3, 2.0, 1.5, DataNoise::Isotropic, 8);
    let lines: Vec<String> = (drawn.points.row_iter())
        .map(|x| format!("{:?},{:?},{:?}", x[0], x[1], x[2]))
        .collect();
    let path = place.write("a.csv", lines.join("\n"));
    let read = DataSet::read(&path, 2.0).unwrap();
    for (i, x) in read.points.row_iter().enumerate() {
        let distance = [[1.0, 0.0], [1.0, 2.0], [-1.0, 0.0], [-1.0, 2.0]]
            .map(|mu| (x[0] - mu[0]).powi(2) + (x[1] - mu[1]).powi(2));
        let mine = distance[usize::from(read.centres[i])];
        assert!(distance.iter().all(|&other| mine <= other + 1e-12), "{x:?}");
    }
    assert_ne!(
        read.centres, drawn.centres,
        "with this noise some change sides"
    );
}

#[test]
fn a_label_fixes_the_class() {
    let place = Place::new("labels");
    for header in ["x1,x2,label", "a,b,Y", "u,v,CLASS", "\"a\",\"b\",\"Label\""] {
        // Each point lies nearer to a centre of the other class.
        let text = format!("{header}\n-1,0,0\n-1,7,0\n1,0,1\n1,7,1\n-1,3.5,0\n1,3.5,1\n");
        let data = place.data("a.csv", &text);
        assert_eq!(data.centres, [0, 1, 2, 3, 0, 2], "{header}");
        assert_eq!(data.d(), 2);
        assert_eq!(data.points[(1, 1)], 7.0);
    }
    // The column stands where it likes, and a label is a number.
    let data = place.data("a.csv", "x,label,z\n5,1.0,6\n7,0e0,8\n9,-0,10\n");
    assert_eq!(data.centres, [3, 1, 1]);
    assert_eq!((data.points[(0, 0)], data.points[(0, 1)]), (5.0, 6.0));
    // Without a header every column is a coordinate.
    assert_eq!(place.data("a.csv", "5,6,1\n").d(), 3);
    // Other names are coordinates.
    assert_eq!(place.data("a.csv", "x,labels,yy\n5,6,1\n").d(), 3);
}

#[test]
fn what_is_no_number_is_named_with_its_place() {
    let place = Place::new("numbers");
    let allowed = "allowed: a finite decimal, at most 1.797e308 in size";
    for (text, expected) in [
        ("1,2\n3,abc\n", "line 2, column 2 = abc is not a number"),
        ("1,two\n3,4\n", "line 1, column 2 = two is not a number"),
        (
            "x1,x2\n1,2\n3,4;5\n",
            "line 3, column 2 (x2) = 4;5 is not a number",
        ),
        ("1,2\n3,\n", "line 2, column 2 = \"\" is empty"),
        ("1,2,\n3,4,\n", "line 1, column 3 = \"\" is empty"),
        (",1,2\n", "line 1, column 1 = \"\" is empty"),
        ("1,2\n3,nan\n", "line 2, column 2 = nan is not finite"),
        ("NaN,NaN\n3,4\n", "line 1, column 1 = NaN is not finite"),
        ("1,2\n-inf,4\n", "line 2, column 1 = -inf is not finite"),
        (
            "1,2\n3,Infinity\n",
            "line 2, column 2 = Infinity is not finite",
        ),
        ("1,2\n1e309,4\n", "line 2, column 1 = 1e309 is not finite"),
        ("1,2\n1_000,4\n", "line 2, column 1 = 1_000 is not a number"),
        ("1,2\n0x10,4\n", "line 2, column 1 = 0x10 is not a number"),
        ("1,2\n1/2,4\n", "line 2, column 1 = 1/2 is not a number"),
        ("1,2\n\"3,4\n", "line 2, column 1 = \"3 is not a number"),
        ("1,2\n٣,4\n", "line 2, column 1 = ٣ is not a number"),
        ("1,2\n3\0,4\n", "line 2, column 1 = 3\\u{0} is not a number"),
    ] {
        let line = place.refused("a.csv", text);
        assert_eq!(line, format!("a.csv: {expected}; {allowed}"), "{text:?}");
    }
    let line = place.refused("a.csv", b"1,2\n3,caf\xe9\n");
    assert!(line.starts_with("a.csv: line 2, column 2 = caf\u{fffd} is not a number"));
    let text = format!("1,2\n3,0.{}1\n", "0".repeat(2000));
    let line = place.refused("a.csv", text);
    assert!(
        line.contains("… is too long for a number; allowed: "),
        "{line}"
    );
    assert!(line.ends_with("of at most 1000 characters"), "{line}");
}

/// Blank lines, comments and all line ends count.
#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let place = Place::new("lines");
    for (text, number) in [
        ("1,2\n\n\n3,x\n", 4),
        ("# a\n# b\n1,2\n# c\n3,x", 5),
        ("1,2\r\n3,4\r\n3,x\r\n", 3),
        ("1,2\r\n\r\n# c\r\n3,x\r\n", 4),
        ("1,2\r3,4\r\r3,x", 4),
        ("\u{feff}\n\n1,2\n3,x", 4),
        ("\n \n\t\n1,2\n  # d\n3,x", 6),
        ("h1,h2\r\n#\r\n#\r\n1,2\r\n3,x", 5),
    ] {
        let line = place.refused("a.csv", text);
        assert!(
            line.starts_with(&format!("a.csv: line {number}, column 2")),
            "{text:?}: {line}"
        );
    }
}

#[test]
fn lines_of_different_lengths_are_refused() {
    let place = Place::new("ragged");
    for (text, expected) in [
        (
            "1,2\n3,4,5\n",
            "line 2 = 3,4,5 has 3 fields; allowed: 2 fields, as in line 1",
        ),
        (
            "1,2,3\n\n4,5\n",
            "line 3 = 4,5 has 2 fields; allowed: 3 fields, as in line 1",
        ),
        (
            "# c\na,b,c\n4,5\n",
            "line 3 = 4,5 has 2 fields; allowed: 3 fields, as in line 2",
        ),
        (
            "1,2\n3\n",
            "line 2 = 3 has 1 fields; allowed: 2 fields, as in line 1",
        ),
        (
            "a,b\n1,2,\n",
            "line 2 = 1,2, has 3 fields; allowed: 2 fields, as in line 1",
        ),
    ] {
        assert_eq!(place.refused("a.csv", text), format!("a.csv: {expected}"));
    }
}

#[test]
fn headers_and_labels_are_checked() {
    let place = Place::new("headers");
    for (text, expected) in [
        (
            ",x1,x2\n0,1,2\n",
            "line 1, column 1 = \"\" of the header names nothing; allowed: a name for each column, \
             at most one of them label, y, class",
        ),
        (
            "x,y,z,class\n1,0,2,0\n",
            "line 1, column 4 = \"class\" of the header is a second label; allowed: a name for each column, \
             at most one of them label, y, class",
        ),
        (
            "0,1,label\n1,2,0\n",
            "line 1, column 3 = label is not a number; allowed: a finite decimal, at most 1.797e308 in size",
        ),
        (
            "a,b,label\n1,2,0\n1,2,2\n",
            "line 3, column 3 (label) = 2 is no label; allowed: 0 or 1",
        ),
        (
            "a,b,label\n1,2,-1\n",
            "line 2, column 3 (label) = -1 is no label; allowed: 0 or 1",
        ),
        (
            "a,b,label\n1,2,0.5\n",
            "line 2, column 3 (label) = 0.5 is no label; allowed: 0 or 1",
        ),
        (
            "a,b,label\n1,2,nan\n",
            "line 2, column 3 (label) = nan is no label; allowed: 0 or 1",
        ),
        (
            "a,b,y\n1,2,cat\n",
            "line 2, column 3 (y) = cat is not a number; allowed: a finite decimal, at most 1.797e308 in size",
        ),
    ] {
        assert_eq!(
            place.refused("a.csv", text),
            format!("a.csv: {expected}"),
            "{text:?}"
        );
    }
}

#[test]
fn points_need_to_be_there_and_to_have_two_coordinates() {
    let place = Place::new("too-few");
    let none =
        "a.csv: there is no point in it; allowed: at least one point of at least two coordinates";
    for text in [
        "",
        "\n",
        "\u{feff}",
        "# nothing\n\r\n",
        "x1,x2\n",
        "x1;x2",
        "  \n",
    ] {
        assert_eq!(place.refused("a.csv", text), none, "{text:?}");
    }
    let two = "allowed: at least two, apart by commas";
    for (text, expected) in [
        ("1\n2\n", "line 1 = 1 has 1 coordinate"),
        ("x\n\n2\n", "line 3 = 2 has 1 coordinate"),
        ("x,y\n3,1\n", "line 2 = 3,1 has 1 coordinate"),
        ("label\n1\n", "line 2 = 1 has 0 coordinates"),
        ("x1;x2\n1.5;2\n", "line 2 = 1.5;2 has 1 coordinate"),
    ] {
        assert_eq!(
            place.refused("a.csv", text),
            format!("a.csv: {expected}; {two}")
        );
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::new("unreadable");
    let allowed = "allowed: a file of points, .csv or .npy, of at most 2 GiB";
    fs::create_dir(place.0.join("folder.csv")).unwrap();
    place.write("points.txt", "1,2\n");
    place.write("csv", "1,2\n");
    let line = |file: &str| {
        let error = DataSet::read(&place.0.join(file), 7.0).unwrap_err();
        error
            .to_string()
            .replace(&format!("{}/", place.0.display()), "")
    };
    for (file, reason) in [
        ("folder.csv", "it is a directory"),
        ("points.txt", "its name ends in neither .csv nor .npy"),
        ("csv", "its name ends in neither .csv nor .npy"),
        ("", "its name ends in neither .csv nor .npy"),
    ] {
        assert!(
            line(file).ends_with(&format!("cannot be read ({reason}); {allowed}")),
            "{file}"
        );
    }
    assert!(line("absent.csv").starts_with("absent.csv: cannot be read (No such file"));
    assert!(line("a\nb.csv").starts_with("a\\nb.csv: cannot be read (No such file"));
    #[cfg(target_os = "linux")]
    {
        // Without end: it is not even opened.
        std::os::unix::fs::symlink("/dev/zero", place.0.join("zero.csv")).unwrap();
        assert!(line("zero.csv").starts_with("zero.csv: cannot be read (it is no regular file)"));
        // A hole of 3 GiB.
        let hole = fs::File::create(place.0.join("hole.npy")).unwrap();
        hole.set_len(3 << 30).unwrap();
        assert!(line("hole.npy").starts_with("hole.npy: cannot be read (it is larger than 2 GiB)"));
        fs::remove_file(place.0.join("hole.npy")).unwrap();
    }
}

/// Long fields and long lines are cut in messages, and take no more than time linear in their length.
#[test]
fn lines_of_megabytes_are_read_or_refused_in_one_line() {
    let place = Place::new("long");
    let begun = std::time::Instant::now();
    let digits = "9".repeat(4_000_000);
    assert!(
        place
            .refused("a.csv", format!("1,2\n3,{digits}\n"))
            .contains("999… is too long")
    );
    let words = "word ".repeat(1_000_000);
    assert!(
        place
            .refused("a.csv", format!("1,2\n3,{words}\n"))
            .contains("… is too long")
    );
    assert!(
        place
            .refused("a.csv", &words)
            .contains("there is no point in it")
    );
    let commas = ",".repeat(4_000_000);
    assert!(
        place
            .refused("a.csv", &commas)
            .contains("column 1 = \"\" of the header names nothing")
    );
    assert!(
        place
            .refused("a.csv", format!("1,2\n{commas}"))
            .contains("has 4000001 fields")
    );
    let quotes = "\"".repeat(2_000_000);
    assert!(
        place
            .refused("a.csv", format!("1,2\n{quotes},3\n"))
            .contains("is too long")
    );
    let comment = format!("#{words}\n1,2\n#{commas}\n3,x");
    assert!(
        place
            .refused("a.csv", comment)
            .starts_with("a.csv: line 4, column 2 = x is not")
    );
    // One point of 2^18 coordinates.
    let wide = vec!["0.5"; 1 << 18].join(",");
    assert_eq!(place.data("a.csv", wide).d(), 1 << 18);
    assert!(begun.elapsed().as_secs() < 60);
}
