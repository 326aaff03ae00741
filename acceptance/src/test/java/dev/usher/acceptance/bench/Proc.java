package dev.usher.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of a process (proc(5)). */
record Proc(long pid) {

    /** USER_HZ: the unit of processor time in /proc, on every Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    static Proc self() {
        return new Proc(ProcessHandle.current().pid());
    }

    /** Processor time so far, of all threads, in seconds. */
    double cpuSeconds() throws IOException {
        return cpuSeconds(Path.of("/proc", Long.toString(pid), "stat"));
    }

    /** Processor time so far of the compilers of a Java machine, in seconds. */
    double compilerSeconds() throws IOException {
        double sum = 0;
        for (Path task : tasks()) {
            try {
                String name = Files.readString(task.resolve("comm"));
                sum += name.matches("C[12] Compiler.*\\s*") ? cpuSeconds(task.resolve("stat")) : 0;
            } catch (NoSuchFileException ended) {
                continue;
            }
        }
        return sum;
    }

    private List<Path> tasks() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.toList();
        }
    }

    private static double cpuSeconds(Path file) throws IOException {
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    /** Resident memory in megabytes: all of it, or the part that is no file's (RssAnon). */
    double residentMegabytes(boolean anonymousOnly) throws IOException {
        String wanted = anonymousOnly ? "RssAnon:" : "VmRSS:";
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(wanted)) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("no " + wanted);
    }
}
