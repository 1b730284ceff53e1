export const platform = {
  99991400: {
    message: 'Feishu asks to slow down.',
    remedy: 'No action needed: Feidi continues automatically[ in {seconds} s].',
  },
  99991401: {
    message: "The IP address of this network is not on the app's allowlist.",
    remedy:
      'Ask the app owner to add the public IP of this computer to the "IP Allowlist" under "Security Settings" in the Feishu developer console, then retry.',
  },
  99991403: {
    message: "Your organization's Feishu API quota for this month is used up.",
    remedy:
      'No action needed: Feidi continues automatically when the quota is back at the start of next month. To continue sooner, ask your Feishu admin to get more from Feishu.',
  },
  2200: {
    message: 'The Feishu server is busy.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  1069701: {
    message: 'Feishu did not accept the current sign-in.',
    remedy: 'Sign in to Feidi again; unfinished uploads resume where they stopped.',
  },
  1069704: {
    message: 'Feishu cannot read what is known of the file at the moment.',
    remedy: 'No action needed: Feidi retries automatically.',
  },
  970002: {
    message: 'Feishu does not tell what is known of this file.',
    remedy: 'Open it in Feishu to make sure it is there and you have access, then retry.',
  },
  970005: {
    message: 'Feishu has no such file, or the link leads to something else.',
    remedy: 'Open it in Feishu, copy its link again and choose it as the destination.',
  },
  99992402: {
    message: 'Feishu found this call of Feidi to be incomplete or incorrect.',
    remedy:
      'Choose the destination again and retry. If it still does not work, update Feidi or give the log ID to Feishu support.',
  },
}
