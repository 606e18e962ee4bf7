//! The header of a `.npy` file, read strictly.
//!
//! ```text
//! file    = "\x93NUMPY" major minor length header numbers      (length: 2 bytes in version 1, 4 in 2 and 3)
//! header  = "{" entry { "," entry } [","] "}"                  (a Python literal; each key once)
//! entry   = "'descr'" ":" string | "'fortran_order'" ":" ("True" | "False") | "'shape'" ":" tuple
//! ```
//!
//! The format is that of `numpy.lib.format`. It is read here and not by a general reader of Python literals
//! because a file from anywhere may come: nothing nests, so that no header takes more than one pass.

/// The longest header that is read. NumPy itself refuses to read more than 10,000 bytes.
pub(crate) const LONGEST: usize = 1 << 20;

/// A type of numbers that can be transformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    F16,
    F32,
    F64,
}

impl Type {
    fn size(self) -> u64 {
        match self {
            Type::F16 => 2,
            Type::F32 => 4,
            Type::F64 => 8,
        }
    }
}

/// What a header says of the numbers behind it. Their order does not matter to an elementwise function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) element: Type,
    pub(crate) big_endian: bool,
    /// The size of the numbers.
    pub(crate) bytes: u64,
}

/// Reads the text of a header. An error says what is wrong, to be put behind the name of the file.
pub(crate) fn parse(header: &[u8]) -> Result<Header, String> {
    let mut cursor = Cursor { rest: header };
    let (mut descr, mut order, mut shape) = (None, None, None);
    cursor.expect(b'{')?;
    while !cursor.accept(b'}') {
        let key = cursor.string()?;
        cursor.expect(b':')?;
        let repeated = match key {
            b"descr" => descr.replace(cursor.descr()?).is_some(),
            b"fortran_order" => order.replace(cursor.boolean()?).is_some(),
            b"shape" => shape.replace(cursor.shape()?).is_some(),
            _ => return Err(damaged(&format!("it has an unknown entry {}", quote(key)))),
        };
        if repeated {
            return Err(damaged(&format!("it has two entries {}", quote(key))));
        }
        if !cursor.accept(b',') {
            cursor.expect(b'}')?;
            break;
        }
    }
    if !cursor.rest.trim_ascii().is_empty() {
        return Err(damaged("something follows its closing brace"));
    }
    match (descr, order, shape) {
        (Some(descr), Some(_), Some(shape)) => {
            let (element, big_endian) = element(descr)?;
            let bytes = size(&shape, element.size())?;
            Ok(Header { element, big_endian, bytes })
        }
        (None, _, _) => Err(damaged("it has no entry `descr`")),
        (_, None, _) => Err(damaged("it has no entry `fortran_order`")),
        (_, _, None) => Err(damaged("it has no entry `shape`")),
    }
}

/// The message for a header that is not one.
fn damaged(what: &str) -> String {
    format!("has a damaged header: {what}; save the array again with `numpy.save`")
}

fn quote(bytes: &[u8]) -> String {
    super::error::excerpt(&String::from_utf8_lossy(bytes))
}

/// The number type that NumPy calls `descr`, and whether its most significant byte comes first.
fn element(descr: &[u8]) -> Result<(Type, bool), String> {
    let big_endian = descr.starts_with(b">");
    let (what, cure) = match descr {
        b"<f2" | b">f2" => return Ok((Type::F16, big_endian)),
        b"<f4" | b">f4" => return Ok((Type::F32, big_endian)),
        b"<f8" | b">f8" => return Ok((Type::F64, big_endian)),
        [_, b'b', ..] => ("booleans", "a.astype(numpy.float32)"),
        [_, b'i' | b'u', ..] => ("integers", "a.astype(numpy.float32)"),
        [_, b'f', ..] => ("long floats", "a.astype(numpy.float64)"),
        [_, b'c', ..] => ("complex numbers", "a.real.astype(numpy.float32)"),
        [_, b'S' | b'a' | b'U', ..] => ("strings", "a.astype(numpy.float32)"),
        [_, b'O', ..] => ("Python objects", "a.astype(numpy.float32)"),
        [_, b'm' | b'M', ..] => ("times", "a.astype(numpy.int64).astype(numpy.float64)"),
        [b'[', ..] => ("records", "a[\"field\"].astype(numpy.float32)"),
        _ => ("numbers of another kind", "a.astype(numpy.float32)"),
    };
    let descr = quote(descr);
    Err(format!("holds {what} ({descr}), not f16, f32 or f64; convert them with `{cure}` and save again"))
}

fn size(shape: &[u64], element: u64) -> Result<u64, String> {
    // An array without elements may have other sides of any length.
    if shape.contains(&0) {
        return Ok(0);
    }
    let size = shape.iter().try_fold(element, |size, &side| size.checked_mul(side));
    size.ok_or_else(|| damaged("its shape has more elements than any file can hold"))
}

struct Cursor<'h> {
    rest: &'h [u8],
}

impl<'h> Cursor<'h> {
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_ascii_start();
        self.rest.first().copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let accepted = self.peek() == Some(byte);
        if accepted {
            self.rest = &self.rest[1..];
        }
        accepted
    }

    fn expect(&mut self, byte: u8) -> Result<(), String> {
        if self.accept(byte) { Ok(()) } else { Err(self.unexpected(&format!("`{}`", byte as char))) }
    }

    fn unexpected(&self, wanted: &str) -> String {
        match self.rest.len() {
            0 => damaged(&format!("it ends where {wanted} should be")),
            length => {
                damaged(&format!("it has {} where {wanted} should be", quote(&self.rest[..length.min(16)])))
            }
        }
    }

    fn take_while(&mut self, accepted: impl Fn(u8) -> bool) -> &'h [u8] {
        let end = self.rest.iter().position(|&byte| !accepted(byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A string without escapes.
    fn string(&mut self) -> Result<&'h [u8], String> {
        let quote = match self.peek() {
            Some(quote @ (b'\'' | b'"')) => quote,
            _ => return Err(self.unexpected("a string")),
        };
        self.rest = &self.rest[1..];
        let string = self.take_while(|byte| byte != quote && byte != b'\\');
        self.expect(quote)?;
        Ok(string)
    }

    /// A type string, or the bracket that begins the description of a record.
    fn descr(&mut self) -> Result<&'h [u8], String> {
        match self.peek() {
            // Nothing is known to be supported about a record, so that its end need not be found.
            Some(b'[') => Err(element(b"[...]").err().unwrap_or_default()),
            _ => self.string(),
        }
    }

    fn boolean(&mut self) -> Result<bool, String> {
        self.peek();
        match self.take_while(|byte| byte.is_ascii_alphabetic()) {
            b"True" => Ok(true),
            b"False" => Ok(false),
            _ => Err(damaged("its `fortran_order` is neither `True` nor `False`")),
        }
    }

    fn shape(&mut self) -> Result<Vec<u64>, String> {
        self.expect(b'(')?;
        let mut shape = Vec::new();
        while !self.accept(b')') {
            shape.push(self.side()?);
            if self.accept(b',') {
                continue;
            }
            if shape.len() == 1 {
                return Err(self.unexpected("`,`"));
            }
            self.expect(b')')?;
            break;
        }
        Ok(shape)
    }

    fn side(&mut self) -> Result<u64, String> {
        if self.peek() == Some(b'-') {
            return Err(damaged("its shape has a negative side"));
        }
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.unexpected("a number"));
        }
        // Python 2 wrote long integers so.
        self.rest = self.rest.strip_prefix(b"L").unwrap_or(self.rest);
        let side = digits
            .iter()
            .try_fold(0u64, |side, digit| side.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        side.ok_or_else(|| damaged("its shape has a side longer than any file"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(descr: &str, shape: &str) -> Result<Header, String> {
        parse(format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}   \n").as_bytes())
    }

    #[test]
    fn every_shape_and_type() {
        let shapes = [("()", 1), ("(0,)", 0), ("(3,)", 3), ("(3L,)", 3), ("(2, 3)", 6), ("(2,3,4,)", 24)];
        for (shape, count) in shapes {
            for (descr, element, big_endian) in
                [("'<f2'", Type::F16, false), ("'>f4'", Type::F32, true), ("\"<f8\"", Type::F64, false)]
            {
                let bytes = count * element.size();
                assert_eq!(of(descr, shape), Ok(Header { element, big_endian, bytes }), "{descr} {shape}");
            }
        }
        assert_eq!(of("'<f4'", "(0, 18446744073709551615, 2)").map(|header| header.bytes), Ok(0));
        let reordered = b"{\"shape\":(1,),'descr':'<f4','fortran_order':True}";
        assert!(parse(reordered).is_ok_and(|header| header.bytes == 4));
    }

    #[test]
    fn other_types_name_their_cure() {
        for (descr, what) in [
            ("'<i8'", "integers"),
            ("'|u1'", "integers"),
            ("'|b1'", "booleans"),
            ("'<c8'", "complex numbers"),
            ("'<f16'", "long floats"),
            ("'<U3'", "strings"),
            ("'|S5'", "strings"),
            ("'|O'", "Python objects"),
            ("'<M8[ns]'", "times"),
            ("[('a', '<f4'), ('b', '<f8', (2,))]", "records"),
            ("'|V2'", "numbers of another kind"),
            ("''", "numbers of another kind"),
            ("'f4'", "numbers of another kind"),
        ] {
            let message = of(descr, "(1,)").expect_err(descr);
            assert!(message.starts_with(&format!("holds {what} (")), "{descr}: {message}");
            assert!(message.contains(".astype(numpy.float"), "{message}");
        }
    }

    #[test]
    fn damage_is_named() {
        for (shape, what) in [
            ("(-1,)", "negative side"),
            ("(3)", "where `,` should be"),
            ("(18446744073709551616,)", "longer than any file"),
            ("(4294967296, 4294967296)", "more elements than any file"),
            ("(4611686018427387904,)", "more elements than any file"),
            ("(1.5,)", "`.5,), }"),
            ("[1]", "where `(` should be"),
            ("(,)", "where a number should be"),
            ("(1,,2)", "where a number should be"),
        ] {
            let message = of("'<f4'", shape).expect_err(shape);
            assert!(
                message.starts_with("has a damaged header: ") && message.contains(what),
                "{shape}: {message}"
            );
        }
        for (header, what) in [
            ("", "it ends where `{` should be"),
            ("{}", "no entry `descr`"),
            ("{'descr': '<f4'}", "no entry `fortran_order`"),
            ("{'descr': '<f4', 'fortran_order': False}", "no entry `shape`"),
            ("{'descr': '<f4', 'descr': '<f4'}", "two entries `descr`"),
            ("{'colour': 1}", "unknown entry `colour`"),
            ("{'descr': '<f4\\'", "where `'` should be"),
            ("{'descr': 4}", "where a string should be"),
            ("{'fortran_order': 1}", "neither `True` nor `False`"),
            ("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", "follows its closing brace"),
        ] {
            let message = parse(header.as_bytes()).expect_err(header);
            assert!(message.contains(what), "{header}: {message}");
        }
    }

    #[test]
    fn nesting_takes_no_time() {
        for bracket in ["[", "(", "{", "{'descr':", "'"] {
            assert!(parse(bracket.repeat(LONGEST / bracket.len()).as_bytes()).is_err());
            assert!(of(&bracket.repeat(100_000), "()").is_err());
        }
    }
}
