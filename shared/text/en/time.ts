/** Times and durations. */
export const time = {
  seconds: '{n} s',
  minutes: '{n} min',
  hours: '{n} h',
  hoursAndMinutes: '{hours} h {minutes} min',
  days: { one: '{count} day', other: '{count} days' },
  /** A day and a time of it, standing alone. */
  dayAndTime: '{day} {time}',
  /** The same three within a sentence. */
  atTime: 'at {time}',
  nearDayAtTime: '{day} at {time}',
  dayAtTime: 'on {day} at {time}',
} as const
