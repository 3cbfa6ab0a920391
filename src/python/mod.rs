//! The Python extension: conversions, and calls of the core.

// Documentation of classes is Python's, in Google form: names stand there without backticks.
#![allow(clippy::doc_markdown)]

mod answer_methods;
mod answers;
mod arguments;
mod async_rows;
mod batch_methods;
mod bell;
mod bridge;
mod client;
mod columns;
mod create;
mod display;
mod draft;
mod dump;
mod emulator;
mod errors;
mod exit;
mod faults;
mod field;
mod forks;
mod given;
mod json;
mod keeper;
mod kept;
mod listing;
mod logs;
mod mailbox;
mod malformed;
mod mismatch;
mod model_class;
mod models;
mod objects;
mod observer;
mod options;
mod plain_rows;
mod pydantic;
mod quick;
mod record;
mod result_methods;
mod results;
mod run_journal;
mod run_settings;
mod runs;
mod runtime;
mod signature;
mod source;
mod survey;
mod tokens;
mod watch;
mod webhooks;

use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    let close_gate = wrap_pyfunction!(exit::_close_gate, module)?;
    module.py().import("atexit")?.call_method1("register", (close_gate,))?;
    forks::notice(module)?;
    module.add_class::<client::Client>()?;
    module.add_class::<answers::AnswerMeta>()?;
    module.add_class::<listing::PageReader>()?;
    module.add_class::<results::ResultsReader>()?;
    module.add_class::<columns::ResultColumns>()?;
    module.add_class::<async_rows::AsyncRows>()?;
    module.add_class::<async_rows::NextRow>()?;
    module.add_function(wrap_pyfunction!(columns::make_columns, module)?)?;
    module.add_class::<malformed::MalformedRow>()?;
    module.add_class::<emulator::Emulator>()?;
    module.add_class::<webhooks::WebhookEvent>()?;
    module.add_function(wrap_pyfunction!(models::describe_models, module)?)?;
    module.add_class::<draft::BatchDraft>()?;
    module.add_class::<survey::Survey>()?;
    module.add_class::<watch::Watch>()?;
    module.add_class::<runs::RunCore>()?;
    module.add_class::<run_journal::JournalReader>()?;
    module.add_class::<run_journal::RunPlanner>()?;
    module.add_function(wrap_pyfunction!(draft::describe_rules, module)?)?;
    module.add_function(wrap_pyfunction!(emulator::describe_options, module)?)?;
    module.add_function(wrap_pyfunction!(faults::describe_faults, module)?)?;
    module.add_function(wrap_pyfunction!(webhooks::parse_notice, module)?)?;
    module.add_function(wrap_pyfunction!(webhooks::verify_notice, module)?)?;
    module.add_function(wrap_pyfunction!(webhooks::sign_notice, module)?)?;
    models::add(module)?;
    bridge::make_classes(module.py());
    kept::make_all(module.py())
}
