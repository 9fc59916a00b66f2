/** Where the control plane is. */
export const CONTROL_PREFIX = '/__admin'
