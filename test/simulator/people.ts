/** The people who sign in at the simulator. */
export interface Person {
  readonly openId: string
  readonly name: string
  readonly enName: string
  readonly tenantKey: string
}

/** The person in front of the sign-in page unless a test says otherwise. */
export const DEMO_PERSON: Person = {
  openId: 'ou_demo',
  name: '林晓',
  enName: 'Lin Xiao',
  tenantKey: '736588c9260f175e',
}
