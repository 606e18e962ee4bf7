//! The page that an activation has in `cargo doc`: words, picture, formulas typeset, facts.

use activation_core::{Entry, all};
use expect_test::expect_file;
use proc_macro2::TokenStream;

/// What rustdoc reads: all `#[doc]` of the type, those for documentation builds included.
fn page(declaration: &str) -> String {
    let tokens: TokenStream = format!("[activation_core] {declaration}").parse().expect("tokens");
    let file: syn::File = syn::parse2(activation_formula::define(tokens)).expect("the expansion is Rust");
    let syn::Item::Struct(item) = &file.items[0] else { panic!("the type comes first") };
    let text = |pair: &syn::MetaNameValue| match &pair.value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value() + "\n",
        _ => panic!("documentation is text"),
    };
    let lines = item.attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(text(pair)),
        syn::Meta::List(list) if list.path.is_ident("cfg_attr") => {
            let inner = list.tokens.to_string();
            let pair = inner.strip_prefix("doc ,").expect("for documentation only");
            Some(text(&syn::parse_str(pair).expect("a text")))
        }
        _ => None,
    });
    lines.collect()
}

/// The page without the coordinates of its picture.
fn without_picture(page: &str) -> String {
    let (before, rest) = page.split_once("<svg ").expect("a picture");
    let (_, after) = rest.split_once("</svg>").expect("the picture's end");
    format!("{before}<svg …/>{after}")
}

#[test]
fn a_page_says_what_is_known() {
    expect_file!["../expansions/gelu.md"].assert_eq(&without_picture(&page(
        "/// Gaussian error linear unit.
        ///
        /// Source: Hendrycks and Gimpel, 2016.
        pub Gelu(x) = x * (1 + erf(x / sqrt(2))) / 2;",
    )));
    expect_file!["../expansions/notched.md"].assert_eq(&without_picture(&page(
        "pub Notched(z; learn slope = 0.25, low = -2 in ..0) = if z < low { 0 } else { max(slope * z, z) };",
    )));
}

fn declaration(entry: &Entry) -> String {
    let text = entry.info().declaration();
    let (name, rest) = text.split_once('(').expect("a declaration");
    format!("pub T{name}({rest};")
}

/// Pictures are small, and text that a browser can read: every element is closed, and no empty line ends the block.
#[test]
fn every_page_of_the_catalogue_is_well_formed() {
    let mut largest = 0;
    for entry in all() {
        let name = entry.info().name;
        let page = page(&declaration(entry));
        let html = page.split("<div").skip(1).collect::<Vec<_>>().join("<div");
        let html = format!("<div{}</div>", html.rsplit_once("</div>").expect("the block's end").0);
        assert!(!html.contains("\n\n"), "{name}: an empty line ends the block");
        assert!(!page.contains("NaN") && !page.contains("inf"), "{name}");
        assert_closed(name, &html);
        let picture =
            html.split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a picture");
        assert!(picture.matches("<polyline").count() > 4, "{name}: curves and grid");
        assert!(picture.contains("currentColor") && !picture.contains("#fff"), "{name}: light or dark");
        assert!(html.contains("<math "), "{name}");
        largest = largest.max(picture.len());
    }
    assert!(largest < 6_000, "the largest picture has {largest} bytes");
}

fn assert_closed(name: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)) {
        let word = tag.split([' ', '/']).find(|word| !word.is_empty()).expect("a name");
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) => assert_eq!(open.pop(), Some(word), "{name}: {tag}"),
            (false, true) => {}
            (false, false) => open.push(word),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}
