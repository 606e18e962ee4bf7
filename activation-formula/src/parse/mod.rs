//! Tokens to declarations.
//!
//! ```text
//! invocation   ::= ( "#![list(" visibility? NAME ")]" )? declaration*
//! declaration  ::= attribute* visibility? Name "(" variable ( ";" parameter ( "," parameter )* ","? )? ")" "=" expression ";"
//! parameter    ::= doc* "learn"? name "=" expression ( "in" expression? ".." expression? )?
//! expression   ::= term ( ( "+" | "-" ) term )*
//! term         ::= factor ( ( "*" | "/" ) factor )*
//! factor       ::= "-" factor | "+" factor | power
//! power        ::= atom ( "^" factor )?                          right-associative; -x^2 is -(x^2)
//! atom         ::= number | name | name "(" expression ( "," expression )* ")" | "(" expression ")" | block
//!                | "if" condition block "else" ( block | "if" … )
//! block        ::= "{" ( "let" name "=" expression ";" )* expression "}"
//! condition    ::= expression ( "<" | "<=" | ">" | ">=" ) expression
//! number       ::= digits ( "." digits )? ( "e" "-"? digits )?   exact; no suffix
//! ```
//! The `;` after the last declaration may be left out. A mistake that can be understood is reported and read as what
//! was meant, so that the mistakes after it are found too.

mod attribute;
mod choice;
mod expression;
mod item;
mod number;

pub(crate) use item::{Invocation, invocation};

use crate::declaration::Expr;
use crate::error::Mistakes;
use crate::tokens::Tokens;
use expression::Parser;

/// Reads all of `tokens` as one expression, for a formula that is not a declaration.
pub(crate) fn expression(tokens: &mut Tokens, mistakes: &mut Mistakes) -> Expr {
    let mut parser = Parser::new(mistakes);
    parser.whole(tokens)
}
