//! What the file of an asset is made of.

use super::{Kept, Time};

model! {
    ($) lenient technical_metadata
    /// What the file of an asset is made of, as far as the platform found out.
    TechnicalMetadata {
        /// Size of the file in bytes.
        file_size_bytes: Option<Kept<i64>>,
        /// Media type, found in the file itself.
        file_mime_type: Option<Kept<String>>,
        /// Format of the container.
        file_container_format: Option<Kept<String>>,
        /// When the container was made, as it says itself.
        container_creation_time: Option<Kept<Time>>,
        /// Every video stream.
        video_streams: Option<Kept<Vec<VideoStream>>>,
        /// Codec of the first video stream.
        video_codec: Option<Kept<String>>,
        /// Its width in pixels.
        video_width: Option<Kept<i64>>,
        /// Its height in pixels.
        video_height: Option<Kept<i64>>,
        /// Its frames a second.
        video_fps: Option<Kept<f64>>,
        /// Its length in seconds.
        video_duration_seconds: Option<Kept<f64>>,
        /// Its bits a second.
        video_bitrate_bps: Option<Kept<i64>>,
        /// Every audio stream.
        audio_streams: Option<Kept<Vec<AudioStream>>>,
        /// Codec of the first audio stream.
        audio_codec: Option<Kept<String>>,
        /// Its samples a second.
        audio_sample_rate: Option<Kept<i64>>,
        /// Number of its channels.
        audio_channels: Option<Kept<i64>>,
        /// Its length in seconds.
        audio_duration_seconds: Option<Kept<f64>>,
        /// Timecode of the first frame.
        start_timecode: Option<Kept<String>>,
        /// Where the timecode stands in the file.
        timecode_source: Option<Kept<String>>,
        /// Whether the timecode leaves out numbers of frames.
        drop_frame: Option<Kept<bool>>,
        /// Width in pixels, of an image.
        image_width: Option<Kept<i64>>,
        /// Height in pixels, of an image.
        image_height: Option<Kept<i64>>,
        /// Format, of an image.
        image_format: Option<Kept<String>>,
        /// How to turn it to see it upright, of an image: the number that EXIF has
        /// for it.
        image_orientation: Option<Kept<i64>>,
        /// Color space, of an image.
        image_color_space: Option<Kept<String>>,
        /// Bits of each color, of an image.
        image_bit_depth: Option<Kept<i64>>,
        /// Whether it has a high dynamic range.
        is_hdr: Option<Kept<bool>>,
        /// Whether there is sound.
        has_audio: Option<Kept<bool>>,
        /// Whether parts can be transparent, of an image.
        has_alpha: Option<Kept<bool>>,
        /// Whether it moves, of an image.
        is_animated: Option<Kept<bool>>,
        /// Number of video streams.
        total_video_streams: Option<Kept<i64>>,
        /// Number of audio streams.
        total_audio_streams: Option<Kept<i64>>,
        /// Width by height of the stored pixels.
        storage_aspect_ratio: Option<Kept<f64>>,
        /// Where it was taken: degrees north of the equator.
        geospatial_latitude: Option<Kept<f64>>,
        /// Where it was taken: degrees east of Greenwich.
        geospatial_longitude: Option<Kept<f64>>,
        /// Where it was taken: metres above sea level.
        geospatial_altitude_meters: Option<Kept<f64>>,
        /// Number of pages, of a document.
        document_page_count: Option<Kept<i64>>,
        /// Version of PDF that it is written in, of a document.
        document_pdf_version: Option<Kept<String>>,
        /// Width of its first page in points, of a document.
        document_page_width_pt: Option<Kept<f64>>,
        /// Height of its first page in points, of a document.
        document_page_height_pt: Option<Kept<f64>>,
        /// Whether its structure is marked up, of a document.
        document_is_tagged: Option<Kept<bool>>,
        /// Whether it is encrypted, of a document.
        document_is_encrypted: Option<Kept<bool>>,
        /// Its language, of a document.
        document_language: Option<Kept<String>>,
        /// Its title, of a document.
        document_title: Option<Kept<String>>,
        /// Its author, of a document.
        document_author: Option<Kept<String>>,
        /// Its subject, of a document.
        document_subject: Option<Kept<String>>,
        /// Its keywords, of a document.
        document_keywords: Option<Kept<String>>,
        /// Program it was written with, of a document.
        document_creator_tool: Option<Kept<String>>,
        /// Program that made the file, of a document.
        document_producer: Option<Kept<String>>,
        /// When it was made, of a document, as it says itself.
        document_creation_date: Option<Kept<Time>>,
        /// When it was changed last, of a document, as it says itself.
        document_modification_date: Option<Kept<Time>>,
    }
}

model! {
    ($) lenient video_stream
    /// A video stream of a file.
    VideoStream {
        /// Number of the stream in the file.
        index: Option<Kept<i64>>,
        /// Codec.
        codec: Option<Kept<String>>,
        /// Width in pixels.
        width: Option<Kept<i64>>,
        /// Height in pixels.
        height: Option<Kept<i64>>,
        /// Frames a second, as the stream says.
        fps: Option<Kept<f64>>,
        /// Frames a second, on average.
        avg_fps: Option<Kept<f64>>,
        /// Length in seconds.
        duration_seconds: Option<Kept<f64>>,
        /// Bits a second.
        bitrate_bps: Option<Kept<i64>>,
        /// How far to turn it to see it upright, in degrees.
        rotation: Option<Kept<i64>>,
        /// Width by height of a pixel, such as `1:1`.
        pixel_aspect_ratio: Option<Kept<String>>,
        /// Width by height as it is shown, such as `16:9`.
        display_aspect_ratio: Option<Kept<String>>,
        /// Whether frames are whole or interlaced.
        scan_type: Option<Kept<String>>,
        /// How pixels are stored.
        pixel_format: Option<Kept<String>>,
        /// Bits of each color.
        bit_depth: Option<Kept<i64>>,
        /// Range of the color values.
        color_range: Option<Kept<String>>,
        /// Transfer function of the colors.
        color_transfer: Option<Kept<String>>,
        /// Color space.
        color_space: Option<Kept<String>>,
        /// Primaries of the colors.
        color_primaries: Option<Kept<String>>,
    }
}

model! {
    ($) lenient audio_stream
    /// An audio stream of a file.
    AudioStream {
        /// Number of the stream in the file.
        index: Option<Kept<i64>>,
        /// Codec.
        codec: Option<Kept<String>>,
        /// Codec, by its full name.
        codec_long: Option<Kept<String>>,
        /// Samples a second.
        sample_rate: Option<Kept<i64>>,
        /// Bits of each sample.
        bit_depth: Option<Kept<i64>>,
        /// Number of channels.
        channels: Option<Kept<i64>>,
        /// Which channels there are, such as `stereo`.
        channel_layout: Option<Kept<String>>,
        /// Bits a second.
        bitrate_bps: Option<Kept<i64>>,
        /// Language of what is said, as the file says.
        language: Option<Kept<String>>,
        /// Length in seconds.
        duration_seconds: Option<Kept<f64>>,
    }
}
