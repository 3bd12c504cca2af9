/* SPDX-License-Identifier: Apache-2.0 */
/* The exchange over a Unix-domain socket between two processes, as bridges without shared memory do it: a packet with the samples there,
   one back. Spinning sides ask the kernel again and again, sleeping ones block in it. */
#include "blocks.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

typedef struct block_packet {
    int64_t number;
    block_sound sound;
} block_packet;

typedef struct block_socket {
    int fd;
    int flags;
    int64_t number;
} block_socket;

static void send_packet(const block_socket *socket, const block_packet *packet)
{
    if (send(socket->fd, packet, sizeof *packet, MSG_NOSIGNAL) != (ssize_t)sizeof *packet)
        bench_fail("the socket takes no packet: %s", strerror(errno));
}

/* 0 at the other side's end. */
static int receive_packet(const block_socket *socket, block_packet *packet)
{
    ssize_t length;
    while ((length = recv(socket->fd, packet, sizeof *packet, socket->flags)) < 0) {
        if (errno != EAGAIN && errno != EINTR)
            bench_fail("the socket gives no packet: %s", strerror(errno));
        bench_pause();
    }
    if (length != 0 && length != (ssize_t)sizeof *packet)
        bench_fail("a packet of %zd bytes came", length);
    return length != 0;
}

static void exchange(void *context, const block_sound *in, block_sound *out)
{
    block_socket *socket = (block_socket *)context;
    block_packet packet;
    packet.number = ++socket->number;
    packet.sound = *in;
    send_packet(socket, &packet);
    if (!receive_packet(socket, &packet) || packet.number != socket->number)
        bench_fail("block %" PRId64 " was not answered", socket->number);
    *out = packet.sound;
}

static int serve(const block_socket *socket)
{
    block_packet packet, answer;
    while (receive_packet(socket, &packet)) {
        answer.number = packet.number;
        block_halve(&packet.sound, &answer.sound);
        send_packet(socket, &answer);
    }
    return 0;
}

int main(int count, char **words)
{
    const bench_arguments arguments = bench_parse(count, words);
    const int sleeps = block_sleeps(&arguments);
    block_socket socket = {-1, sleeps ? 0 : MSG_DONTWAIT, 0};
    bench_receipt receipt;
    int ends[2], status;
    pid_t parent = getpid(), child;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        bench_fail("no socket: %s", strerror(errno));
    child = fork();
    if (child < 0)
        bench_fail("no process: %s", strerror(errno));
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            return 1;
        bench_pin(arguments.second);
        close(ends[0]);
        socket.fd = ends[1];
        return serve(&socket);
    }
    bench_pin(arguments.first);
    close(ends[1]);
    socket.fd = ends[0];
    block_play(&arguments, sleeps, &socket, exchange, &receipt);
    close(socket.fd);
    if (waitpid(child, &status, 0) != child || status != 0)
        bench_fail("the other process ended with %d", status);
    bench_print(&receipt);
    return 0;
}
