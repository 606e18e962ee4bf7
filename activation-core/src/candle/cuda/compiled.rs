//! From the text of a formula to a kernel on a device: exported, compiled by NVRTC, loaded; each once.

use crate::Declared;
use activation_export::{Element, Kernels, Operation, Options};
use candle_core::cuda_backend::CudaDevice;
use candle_core::cuda_backend::cudarc::driver::CudaFunction;
use candle_core::cuda_backend::cudarc::nvrtc::{CompileError, CompileOptions, compile_ptx_with_opts};
use candle_core::{Error, Result, bail};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// A kernel for any device.
struct Code {
    /// What it is called in there.
    name: String,
    ptx: String,
    /// How many learned parameters it reads.
    learned: usize,
}

/// By formula, values of fixed parameters, operation and type.
static CODES: LazyLock<Mutex<HashMap<String, Arc<Code>>>> = LazyLock::new(Mutex::default);

pub(super) fn compiled(
    device: &CudaDevice,
    declared: &Declared,
    operation: Operation,
    element: Element,
) -> Result<CudaFunction> {
    let Declared { declaration, fixed, learned } = declared;
    let key = format!("{declaration}\n{fixed:?}\n{operation:?} {element:?}");
    let code = {
        // Whoever needs a kernel that is being compiled waits for it.
        let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
        match codes.get(&key) {
            Some(code) => code.clone(),
            None => {
                let code = Arc::new(code(declared, operation, element)?);
                codes.insert(key.clone(), code.clone());
                code
            }
        }
    };
    if code.learned != learned.len() {
        let (has, given) = (code.learned, learned.len());
        bail!("learned parameters: `{declaration}` has {has}, and {given} values are declared");
    }
    // candle keeps modules by name, one set for every device.
    Ok(device.get_or_load_custom_func(&code.name, &key, &code.ptx)?.into_cuda_function())
}

fn code(declared: &Declared, operation: Operation, element: Element) -> Result<Code> {
    let declaration = &declared.declaration;
    let wrong = |what: String| Error::msg(format!("`{declaration}` as a kernel for CUDA: {what}")).bt();
    let options = Options { values: declared.fixed.clone(), ..Options::default() };
    let kernels = Kernels::new(declaration, &options).map_err(|error| wrong(error.to_string()))?;
    let name = kernels.name(operation, element);
    let text = kernels.text(&[(operation, element)]).ok_or_else(|| wrong(format!("there is no {name}")))?;
    // Arithmetic as it is written: double-double numbers need it, and results are those of the export on every machine.
    let options = CompileOptions {
        ftz: Some(false),
        prec_div: Some(true),
        prec_sqrt: Some(true),
        fmad: Some(false),
        name: Some(format!("{name}.cu")),
        ..CompileOptions::default()
    };
    let ptx = compile_ptx_with_opts(text, options).map_err(|error| match error {
        CompileError::CompileError { log, .. } => wrong(log.to_string_lossy().into_owned()),
        other => wrong(other.to_string()),
    })?;
    Ok(Code { name, ptx: ptx.to_src(), learned: kernels.learned() })
}
