/** The people, devices and numbers that the development server knows. Edit this file to change them. */

/** What kind of user a number belongs to (protocol page §6, "User type"). */
export const USER_TYPE = {
  dispatcher: 0,
  handheld: 1,
  common: 2,
  outsideLine: 3,
  monitor: 4,
  camera: 7,
} as const;

/** One account of the development server. */
export interface UserRecord {
  readonly number: string;
  readonly name: string;
  readonly password: string;
  /** One of {@link USER_TYPE}. */
  readonly type: number;
}

const PASSWORD = '1234';

/** Every account, in the order in which it is listed to people. */
export const USERS: readonly UserRecord[] = [
  {number: '1001', name: '王芳', password: PASSWORD, type: USER_TYPE.dispatcher},
  {number: '1002', name: '李雷', password: PASSWORD, type: USER_TYPE.dispatcher},
  {number: '1003', name: 'Anna Novak', password: PASSWORD, type: USER_TYPE.common},
  {number: '1004', name: '张伟', password: PASSWORD, type: USER_TYPE.common},
  {number: '1005', name: 'David Okafor', password: PASSWORD, type: USER_TYPE.common},
  {number: '1006', name: '刘洋', password: PASSWORD, type: USER_TYPE.common},
  {number: '1007', name: 'Elena Rossi', password: PASSWORD, type: USER_TYPE.common},
  {number: '1008', name: '陈静', password: PASSWORD, type: USER_TYPE.common},
  {number: '1009', name: 'Jonas Weber', password: PASSWORD, type: USER_TYPE.common},
  {number: '1010', name: '杨帆', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1011', name: '赵敏', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1012', name: 'Patrol 12', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1013', name: '黄磊', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1014', name: 'Patrol 14', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1015', name: '周婷', password: PASSWORD, type: USER_TYPE.handheld},
  {number: '1016', name: 'Gate intercom', password: PASSWORD, type: USER_TYPE.common},
  {number: '1017', name: '值班室', password: PASSWORD, type: USER_TYPE.common},
  {number: '1018', name: 'Monitoring desk', password: PASSWORD, type: USER_TYPE.monitor},
  {number: '1019', name: '北门摄像头', password: PASSWORD, type: USER_TYPE.camera},
  {number: '1020', name: 'Warehouse camera', password: PASSWORD, type: USER_TYPE.camera},
];

/** Looks accounts up by number. */
export class Users {
  readonly #byNumber: ReadonlyMap<string, UserRecord>;

  constructor(records: readonly UserRecord[] = USERS) {
    this.#byNumber = new Map(records.map((record) => [record.number, record]));
  }

  /** The account of a number, or undefined where nobody has it. */
  get(number: string): UserRecord | undefined {
    return this.#byNumber.get(number);
  }

  /** Every account. */
  all(): readonly UserRecord[] {
    return [...this.#byNumber.values()];
  }
}
