//! The arithmetic on secret keys has to take the same time for all keys, so it chooses with masks. The
//! compiler may still turn a mask into a choice, which engines may compile to a branch. This file checks a
//! module for choices.

use anyhow::{Result, ensure};
use walrus::ir::{IfElse, Select, Visitor, dfs_in_order};
use walrus::{FunctionKind, Module};

/// The files of `crates/sigv4/src/v4a`, as in the names of their functions.
const FILES: [&str; 5] = ["3v4a5field", "3v4a5point", "3v4a6digits", "3v4a6scalar", "3v4a7inverse"];

/// Refuses a module whose arithmetic contains a choice.
pub fn ensure_none(module: &Module) -> Result<()> {
    for file in FILES {
        let mut functions = 0;
        for function in module.funcs.iter() {
            let FunctionKind::Local(body) = &function.kind else { continue };
            let Some(name) = function.name.as_deref().filter(|name| name.contains(file)) else { continue };
            let mut choices = Choices(0);
            dfs_in_order(&mut choices, body, body.entry_block());
            ensure!(
                choices.0 == 0,
                "{name} has a choice in it: is it one by a secret? Masks have to stay masks"
            );
            functions += 1;
        }
        ensure!(functions > 0, "no function of {file} is in the module: how are names written now?");
    }
    Ok(())
}

/// Counts choices.
struct Choices(usize);

impl<'instr> Visitor<'instr> for Choices {
    fn visit_select(&mut self, _: &Select) {
        self.0 += 1;
    }

    fn visit_if_else(&mut self, _: &IfElse) {
        self.0 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::FunctionBuilder;

    /// A module with a function of each file; the last may choose.
    fn module(chooses: bool) -> Module {
        let mut module = Module::default();
        for (place, file) in FILES.iter().enumerate() {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(format!("_ZN14gatesign_sigv4{file}4sums17h0E"));
            let mut body = function.func_body();
            body.i32_const(1).i32_const(2).i32_const(0);
            if chooses && place == FILES.len() - 1 {
                body.select(None).drop();
            } else {
                body.drop().drop().drop();
            }
            function.finish(Vec::new(), &mut module.funcs);
        }
        module
    }

    #[test]
    fn refuses_a_choice_and_other_names() {
        ensure_none(&module(false)).unwrap();
        let error = ensure_none(&module(true)).unwrap_err().to_string();
        assert!(error.contains("3v4a7inverse4sums17h0E has a choice in it"), "{error}");
        let error = ensure_none(&Module::default()).unwrap_err().to_string();
        assert!(error.contains("no function of 3v4a5field"), "{error}");
    }
}
