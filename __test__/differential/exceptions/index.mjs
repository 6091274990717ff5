/*
 * Every way in which this package is meant to differ from the reference.
 */

import { answers } from './answers.mjs'
import { doors } from './doors.mjs'
import { everywhere } from './everywhere.mjs'
import { forms } from './forms.mjs'
import { merging } from './merging.mjs'
import { modern } from './modern.mjs'
import { panels } from './panels.mjs'
import { recorded } from './recorded.mjs'
import { results } from './results.mjs'
import { sessions } from './sessions.mjs'
import { validation } from './validation.mjs'
import { wire } from './wire.mjs'

export { missingRoutes } from './panels.mjs'

export const exceptions = [
  ...everywhere,
  ...wire,
  ...validation,
  ...results,
  ...forms,
  ...answers,
  ...sessions,
  ...panels,
  ...merging,
  ...modern,
  ...recorded,
  ...doors,
]
