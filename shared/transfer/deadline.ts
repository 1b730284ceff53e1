/** Feishu keeps an unfinished upload for 24 h (分片上传素材-预上传: upload_id). */

/** A person is warned when so little is left. */
export const DEADLINE_NEAR_MS = 2 * 3_600_000
