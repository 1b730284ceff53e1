/** The names Feishu takes for a person to share with: an open id or an e-mail address. */
export const PERSON_NAME = /^(ou_[\w-]+|[^\s@]+@[^\s@]+)$/

/** Characters of the longest e-mail address there can be (RFC 5321). */
export const LONGEST_PERSON_NAME = 254
