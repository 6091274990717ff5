'use strict'

/*
 * What the panel says in English: its toasts. Only for display: nothing may be decided by them.
 */

const COMMON = {
  wrong: 'Something went wrong',
  obtain: 'Obtain',
  inboundCreated: 'Inbound has been successfully created.',
  inboundUpdated: 'Inbound has been successfully updated.',
  inboundDeleted: 'Inbound has been successfully deleted.',
  clientsAdded: 'Inbound client(s) have been added.',
  clientUpdated: 'Inbound client has been updated.',
  clientDeleted: 'Inbound client has been deleted.',
  clientDeletedByEmail: 'Client deleted successfully',
  clientDeleteByEmailFailed: 'Failed to delete client by email',
  trafficReset: 'Traffic has been reset.',
  allTrafficReset: 'All traffic has been reset.',
  logCleared: 'The log has been cleared.',
  wrongCredentials: 'Invalid username or password or two-factor code.',
  usernameRequired: 'Username is required',
  passwordRequired: 'Password is required',
  settingsChanged: 'The parameters have been changed.',
  userChanged: 'You have successfully changed the credentials of the administrator.',
  userNotChanged: 'An error occurred while changing administrator credentials.',
  panelRestarted: 'The panel was successfully restarted.',
  xrayStopped: 'Xray has been successfully stopped.',
  xrayRestarted: 'Xray has been successfully relaunched.',
  xrayInstalled: 'Xray updated successfully',
  geofileUpdated: 'Geofile updated successfully',
  importFailed: 'An error occurred while reading the database.',
  sessionExpired: 'Your session has expired, please log in again',
}

const BEFORE_CLIENT_TABLE = {
  loginBodyInvalid: 'The Input data format is invalid.',
  allClientTrafficReset: 'All traffic from the client has been reset.',
  depletedDeleted: 'All depleted clients are deleted.',
  trafficFailed: 'Error getting traffics.',
  /** Its second word begins with a Cyrillic letter. */
  userIncorrect: 'The \u0441urrent username or password is invalid',
  userEmpty: 'The new username and password is empty',
}

const WITH_CLIENT_TABLE = {
  loginBodyInvalid: 'The input data format is invalid.',
  allClientTrafficReset: 'Traffic for all clients has been reset.',
  depletedDeleted: 'All depleted clients have been deleted.',
  trafficFailed: 'Error getting traffic.',
  userIncorrect: 'The current username or password is invalid',
  userEmpty: 'The new username and password are empty',
}

/** Up to 2.5 a toast names what was done, and a word behind it says how it went. */
const BEFORE_OUTCOMES = {
  wrong: 'Something went wrong!',
  inboundCreated: 'Create',
  inboundUpdated: 'Update',
  inboundDeleted: 'Delete',
  clientsAdded: 'Client(s) added',
  clientUpdated: 'Client updated',
  clientDeleted: 'Client deleted',
  trafficReset: 'Traffic has been reset',
  allTrafficReset: 'all traffic has been reset',
  depletedDeleted: 'All depleted clients are deleted',
  trafficFailed: 'Error getting traffics',
  logCleared: 'Log Cleared',
  loggedIn: 'Login',
  wrongCredentials: 'Invalid username or password or secret.',
  settingsChanged: 'Modify Settings',
  userChanged: 'Modify Admin',
  userNotChanged: 'Modify Admin',
  userIncorrect: 'The Current username or password is invalid',
  panelRestarted: 'Restart Panel',
}

/** The texts of a version: those of success under `done`, and `failed(toast, reason)` for the others. */
function textsOf(facts) {
  const words = wordsOf(facts)
  const { toastsNameOutcome: named } = facts
  const success = (toast) => (named ? `${toast} Successfully` : toast)
  return {
    ...words,
    done: Object.fromEntries(Object.entries(words).map(([name, toast]) => [name, success(toast)])),
    failed: (toast, reason) => (named ? `${toast} Failed: ${reason}` : `${toast} (${reason})`),
  }
}

function wordsOf(facts) {
  const greeting = 'You have successfully logged into your account.'
  return {
    ...COMMON,
    ...(facts.clientTable ? WITH_CLIENT_TABLE : BEFORE_CLIENT_TABLE),
    loggedIn: facts.greetingHasLeadingBlank ? ` ${greeting}` : greeting,
    ...(facts.toastsNameOutcome ? BEFORE_OUTCOMES : {}),
  }
}

module.exports = { textsOf }
