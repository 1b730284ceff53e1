export const localPolicy = {
  'policy-invalid': {
    message: 'The policy of this computer cannot be used, so Feidi does not start[: {detail}].',
    remedy:
      'Ask the person who manages this computer to correct the policy file. It has to belong to the system and be writable by no one else.',
  },
  'policy-locked': {
    message: 'The policy of this computer fixes this setting[ ({detail})].',
    remedy: 'Leave it as it is, or ask the person who manages this computer.',
  },
  'policy-app': {
    message: 'The policy of this computer does not allow this app or server[: {detail}].',
    remedy:
      'Sign in with an app of your organisation, or ask the person who manages this computer.',
  },
  'policy-destination': {
    message: 'The policy of this computer does not allow uploads to this place[ ({detail})].',
    remedy: 'Choose a place that is allowed, or ask the person who manages this computer.',
  },
  'policy-excluded': {
    message: 'The policy of this computer excludes this file[: {detail}].',
    remedy:
      'No action needed: all other files are uploaded. If this one has to be, ask the person who manages this computer.',
  },
}
