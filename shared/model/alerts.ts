/** The longest time without an upload that can count as trouble, in hours: a month. */
export const MOST_SILENT_HOURS = 744
