//! What can be asked of an existing batch.

use serde_json::Value;

use super::bodies::{describe_batch, describe_task};
use super::course::BatchStatus;
use super::refusal::Refusal;
use super::rows::RowSource;
use super::state::Platform;
use crate::emulator::options::CancelingAgain;

impl Platform {
    pub(crate) fn retrieve(&self, id: &str) -> Result<Value, Refusal> {
        let (_, batch) = self.find_batch(id)?;
        Ok(describe_batch(batch, self.now))
    }

    pub(crate) fn results(&self, id: &str) -> Result<RowSource, Refusal> {
        let (_, batch) = self.find_batch(id)?;
        Ok(RowSource::new(batch.clone(), self.now))
    }

    pub(crate) fn cancel(&mut self, id: &str) -> Result<Value, Refusal> {
        let now = self.now;
        let (number, batch) = self.find_batch(id)?;
        let conflict = |code, state| {
            Err(Refusal::new(409, code, format!("The batch {id} is {state} and can no longer be canceled.")))
        };
        match batch.status(now) {
            BatchStatus::Completed => return conflict("batch_completed", "completed"),
            BatchStatus::Canceled => return conflict("batch_canceled", "canceled"),
            BatchStatus::Expired => return conflict("batch_expired", "expired"),
            BatchStatus::Canceling => {
                return match self.options.canceling_again {
                    CancelingAgain::Accept => Ok(describe_batch(batch, now)),
                    CancelingAgain::Conflict => conflict("batch_canceled", "being canceled"),
                };
            }
            BatchStatus::Pending | BatchStatus::Processing => {}
        }
        let mut canceled = batch.clone();
        canceled.cancel(now);
        let body = describe_batch(&canceled, now);
        self.batches.insert(number, canceled);
        Ok(body)
    }

    pub(crate) fn delete(&mut self, id: &str) -> Result<(), Refusal> {
        let (number, batch) = self.find_batch(id)?;
        let status = batch.status(self.now);
        if !status.is_terminal() {
            let message = format!(
                "The batch {id} is {}; it can be deleted once it is completed, canceled or expired.",
                status.word()
            );
            return Err(Refusal::new(409, "batch_not_terminal", message));
        }
        self.remove_batch(number);
        Ok(())
    }

    pub(crate) fn describe_task(&self, text: &str) -> Result<Value, Refusal> {
        let id = self.parse_id(text, "task_id", "tasks")?;
        let find = || {
            let (number, place) = self.tasks.get(&id)?;
            let batch = self.batches.get(number)?;
            Some((batch, batch.record.items.get(*place)?))
        };
        let (batch, item) = find().ok_or_else(|| Refusal::absent(text, "tasks"))?;
        Ok(describe_task(batch, item, self.now))
    }
}
