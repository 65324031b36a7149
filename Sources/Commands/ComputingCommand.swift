/// A command that computes with the engine, for which the process is made ready before it runs.
///
/// The others begin at once: making ready starts the program a second time.
protocol ComputingCommand {}

extension Generate: ComputingCommand {}
extension EditInpaint: ComputingCommand {}
extension EditOutpaint: ComputingCommand {}
extension EditRemove: ComputingCommand {}
extension EditRestyle: ComputingCommand {}
extension EditVary: ComputingCommand {}
extension TrainVAE: ComputingCommand {}
extension TrainScratch: ComputingCommand {}
extension TrainLoRA: ComputingCommand {}
extension TrainFull: ComputingCommand {}
extension TrainResume: ComputingCommand {}
extension TrainExport: ComputingCommand {}
extension TrainClassifier: ComputingCommand {}
extension EvaluateRecognition: ComputingCommand {}
extension EvaluateReconstruction: ComputingCommand {}
extension EvaluateMemorization: ComputingCommand {}
extension ArchiveReproduce: ComputingCommand {}
extension ReleaseCheck: ComputingCommand {}
extension StudyCreate: ComputingCommand {}
