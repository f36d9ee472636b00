import '../../infra/whole.ts';
