import { z } from 'zod'

/** In ms, since 1970 by some clock. */
export const timeSchema = z.number().nonnegative()
export const bytesSchema = z.number().int().nonnegative()
export const countSchema = z.number().int().nonnegative()
