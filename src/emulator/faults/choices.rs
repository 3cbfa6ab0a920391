//! The words of faults.

use crate::emulator::options::choice;

choice! {
    /// The endpoint whose requests a fault befalls.
    Endpoint {
        /// Any of them, and what is none.
        Any = "any",
        /// `POST /analyze/batches`.
        Create = "create",
        /// `GET /analyze/batches`.
        List = "list",
        /// `GET /analyze/batches/{id}`.
        Retrieve = "retrieve",
        /// `GET /analyze/batches/{id}/results`.
        Results = "results",
        /// `POST /analyze/batches/{id}/cancel`.
        Cancel = "cancel",
        /// `DELETE /analyze/batches/{id}`.
        Delete = "delete",
        /// `GET /assets/{id}`.
        Asset = "asset",
        /// `GET /analyze/tasks/{id}`.
        Task = "task",
    }
}
choice! {
    /// How a connection ends before its time.
    Cut {
        /// With a reset, as when a process dies.
        Reset = "reset",
        /// In the middle of the answer, in good order.
        Close = "close",
        /// The answer is framed as if it were whole.
        Polite = "polite",
    }
}
choice! {
    /// How the end of an answer's body is found.
    Framing {
        /// By its last chunk.
        Chunked = "chunked",
        /// By its `Content-Length`.
        Length = "length",
        /// By the end of the connection: there is no telling whether it is whole.
        Close = "close",
    }
}
choice! {
    /// How the body of an answer is encoded.
    Coding {
        /// Gzip, in order.
        Gzip = "gzip",
        /// Gzip of two members, one after the other.
        Members = "gzip-members",
        /// Gzip whose second half is missing.
        Truncated = "gzip-truncated",
        /// Gzip with a changed byte in the middle.
        Corrupt = "gzip-corrupt",
        /// Gzip whose checksum is wrong.
        Checksum = "gzip-checksum",
        /// A name that nobody knows, over plain bytes.
        Unknown = "unknown",
    }
}
