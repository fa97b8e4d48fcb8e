import {USER_TYPE} from '../src/dispatch/protocol.js';

/** The people, devices, groups and numbers that the development server knows. Edit this file to change them. */

/** One account of the development server. */
export interface UserRecord {
  readonly number: string;
  readonly name: string;
  /** Without one, nobody can sign in with the number. */
  readonly password?: string;
  /** One of docs/protocol/numbers.md#user-types. */
  readonly type: number;
  /** The number of its group; if omitted, it is in none. */
  readonly group?: string;
  /** False if it is known to have no camera. */
  readonly camera?: false;
}

/** One group of the directory. */
export interface GroupRecord {
  readonly number: string;
  readonly name: string;
  /** The group that it belongs to; empty at the top level. */
  readonly parent: string;
}

/** A group of users who talk to each other one at a time. */
export interface IntercomRecord {
  readonly number: string;
  readonly name: string;
  /** The numbers of its members. */
  readonly members: readonly string[];
}

const PASSWORD = '1234';

/** Every group, parents before children. */
export const GROUPS: readonly GroupRecord[] = [
  {number: '8000', name: '东港指挥中心 Harbor command', parent: ''},
  {number: '8100', name: '调度部 Dispatch', parent: '8000'},
  {number: '8110', name: '白班 Day shift', parent: '8100'},
  {number: '8120', name: '夜班 Night shift', parent: '8100'},
  {number: '8200', name: '巡逻队 Patrol', parent: '8000'},
  {number: '8210', name: '北区 North', parent: '8200'},
  {number: '8220', name: '南区 South', parent: '8200'},
  {number: '8230', name: '水上 Water', parent: '8200'},
  {number: '8300', name: '工程部 Engineering', parent: '8000'},
  {number: '8310', name: '电气 Electrical', parent: '8300'},
  {number: '8320', name: '网络 Networks', parent: '8300'},
  {number: '8400', name: '安防 Security', parent: '8000'},
  {number: '8410', name: '摄像头 Cameras', parent: '8400'},
  {number: '8420', name: '大门 Gates', parent: '8400'},
];

const {dispatcher, handheld, common, monitoringUser, handheld3g, camera} = USER_TYPE;

/** Every account, in the order in which users see them. */
export const USERS: readonly UserRecord[] = [
  {number: '1001', name: '王芳', password: PASSWORD, type: dispatcher, group: '8110'},
  {number: '1002', name: '李雷', password: PASSWORD, type: dispatcher, group: '8110'},
  {number: '1003', name: 'Anna Novak', password: PASSWORD, type: common, group: '8310'},
  {number: '1004', name: '张伟', password: PASSWORD, type: common, group: '8310'},
  {number: '1005', name: 'David Okafor', password: PASSWORD, type: common, group: '8320'},
  {number: '1006', name: '刘洋', password: PASSWORD, type: common, group: '8320'},
  {number: '1007', name: 'Elena Rossi', password: PASSWORD, type: common, group: '8310'},
  {number: '1008', name: '陈静', password: PASSWORD, type: common, group: '8100'},
  {number: '1009', name: 'Jonas Weber', password: PASSWORD, type: common, group: '8320'},
  {number: '1010', name: '杨帆', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1011', name: '赵敏', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1012', name: 'Patrol 12', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1013', name: '黄磊', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1014', name: 'Patrol 14', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1015', name: '周婷', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1016', name: 'Gate intercom', password: PASSWORD, type: common, group: '8420', camera: false},
  {number: '1017', name: '值班室', password: PASSWORD, type: common, group: '8000'},
  {number: '1018', name: 'Monitoring desk', password: PASSWORD, type: monitoringUser, group: '8400'},
  {number: '1019', name: '北门摄像头', password: PASSWORD, type: camera, group: '8410'},
  {number: '1020', name: 'Warehouse camera', password: PASSWORD, type: camera, group: '8410'},
  {number: '1021', name: '码头摄像头', password: PASSWORD, type: camera, group: '8410'},
  {number: '1022', name: 'Crane camera', password: PASSWORD, type: camera, group: '8410'},
  {number: '1023', name: '吴倩', password: PASSWORD, type: dispatcher, group: '8110'},
  {number: '1024', name: 'Maria Santos', password: PASSWORD, type: dispatcher, group: '8110'},
  {number: '1025', name: '郑浩', password: PASSWORD, type: dispatcher, group: '8120'},
  {number: '1026', name: '孙丽', password: PASSWORD, type: dispatcher, group: '8120'},
  {number: '1027', name: 'Tom Becker', password: PASSWORD, type: dispatcher, group: '8120'},
  {number: '1028', name: '王磊', password: PASSWORD, type: dispatcher, group: '8120'},
  {number: '1029', name: 'Priya Nair', password: PASSWORD, type: common, group: '8100'},
  {number: '1030', name: '马超', password: PASSWORD, type: common, group: '8100'},
  {number: '1031', name: '朱琳', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1032', name: '胡军', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1033', name: 'Patrol 33', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1034', name: '林涛', password: PASSWORD, type: handheld, group: '8210'},
  {number: '1035', name: '郭雪', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1036', name: 'Patrol 36', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1037', name: '何鹏', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1038', name: '高洁', password: PASSWORD, type: handheld, group: '8220'},
  {number: '1039', name: '罗刚', password: PASSWORD, type: handheld, group: '8230'},
  {number: '1040', name: 'Boat 1', password: PASSWORD, type: handheld, group: '8230'},
  {number: '1041', name: 'Boat 2', password: PASSWORD, type: handheld, group: '8230'},
  {number: '1042', name: '梁宇', password: PASSWORD, type: handheld, group: '8230'},
  {number: '1043', name: '宋佳', password: PASSWORD, type: handheld, group: '8230'},
  {number: '1044', name: 'Lucas Meyer', password: PASSWORD, type: handheld3g, group: '8230'},
  {number: '1045', name: '唐婧', password: PASSWORD, type: handheld3g, group: '8230'},
  {number: '1046', name: '许峰', password: PASSWORD, type: common, group: '8310'},
  {number: '1047', name: 'Fatima Zahra', password: PASSWORD, type: common, group: '8310'},
  {number: '1048', name: '韩梅', password: PASSWORD, type: common, group: '8310'},
  {number: '1049', name: '冯杰', password: PASSWORD, type: common, group: '8320'},
  {number: '1050', name: 'Oliver Smith', password: PASSWORD, type: common, group: '8320'},
  {number: '1051', name: '曹颖', password: PASSWORD, type: common, group: '8320'},
  {number: '1052', name: '彭博', password: PASSWORD, type: common, group: '8300'},
  {number: '1053', name: 'Ingrid Larsen', password: PASSWORD, type: common, group: '8300'},
  {number: '1054', name: 'East gate', password: PASSWORD, type: common, group: '8420'},
  {number: '1055', name: '南门', password: PASSWORD, type: common, group: '8420'},
  {number: '1056', name: 'West gate', password: PASSWORD, type: common, group: '8420'},
  {number: '1057', name: '蒋欣', password: PASSWORD, type: monitoringUser, group: '8400'},
  {number: '1058', name: 'Night monitoring', password: PASSWORD, type: monitoringUser, group: '8400'},
  {number: '1059', name: '蔡明', password: PASSWORD, type: dispatcher, group: '8000'},
  {number: '1060', name: 'Sofia Kowalska', password: PASSWORD, type: common, group: '8000'},
];

/** Every intercom group. */
export const INTERCOMS: readonly IntercomRecord[] = [
  {
    number: '9001',
    name: '总调度 All hands',
    members: ['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1010', '1011', '1012', '1013'],
  },
  {
    number: '9002',
    name: '巡逻 Patrol',
    members: ['1001', '1002', '1010', '1011', '1012', '1013', '1014', '1015', '1031', '1032', '1033'],
  },
  {number: '9003', name: '水上 Water', members: ['1001', '1039', '1040', '1041', '1042', '1043', '1044']},
  {number: '9004', name: '安防 Security', members: ['1001', '1002', '1016', '1018', '1054', '1055', '1056']},
];

/** The number that sends back what it hears and sees; no account of the directory. */
export const ECHO = '9999';

/** Finds accounts and groups by number. */
export class Users {
  /** The number of the echo; undefined if there is none. */
  readonly echo: string | undefined;
  readonly #records: readonly UserRecord[];
  readonly #byNumber: ReadonlyMap<string, UserRecord>;
  readonly #groups: readonly GroupRecord[];
  readonly #intercoms: readonly IntercomRecord[];

  constructor(
    records: readonly UserRecord[] = USERS,
    groups: readonly GroupRecord[] = GROUPS,
    intercoms: readonly IntercomRecord[] = INTERCOMS,
    echo: string = ECHO,
  ) {
    const taken = [...records, ...groups, ...intercoms].some(({number}) => number === echo);
    this.echo = echo === '' || taken ? undefined : echo;
    this.#records = [...new Map(records.map((record) => [record.number, record])).values()];
    const devices = this.echo === undefined ? [] : [{number: this.echo, name: 'Echo', type: common}];
    this.#byNumber = new Map([...this.#records, ...devices].map((record) => [record.number, record]));
    this.#groups = groups;
    this.#intercoms = intercoms;
  }

  /** Returns the account of a number, somebody who reads messages; undefined if there is none, or for the echo. */
  account(number: string): UserRecord | undefined {
    return number === this.echo ? undefined : this.get(number);
  }

  /** Returns who or what answers at a number: an account, or the echo; undefined if there is none. */
  get(number: string): UserRecord | undefined {
    return this.#byNumber.get(number);
  }

  /** Whether a number belongs to a dispatcher. */
  dispatches(number: string): boolean {
    return this.get(number)?.type === USER_TYPE.dispatcher;
  }

  /** Every account; the echo is none. */
  all(): readonly UserRecord[] {
    return this.#records;
  }

  /** Returns the group of a number; undefined if there is none. */
  group(number: string): GroupRecord | undefined {
    return this.#groups.find((group) => group.number === number);
  }

  /** Returns the intercom group of a number; undefined if there is none. */
  intercom(number: string): IntercomRecord | undefined {
    return this.#intercoms.find((intercom) => intercom.number === number);
  }

  /** Every group. */
  groups(): readonly GroupRecord[] {
    return this.#groups;
  }
}
